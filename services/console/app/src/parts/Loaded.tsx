import LockOutlined from '@mui/icons-material/LockOutlined';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { ApiProblem } from '../api/client';

/** What a query brought; until then a placeholder, and why it brought nothing. */
export function Loaded<T>({ query, children, lines = 5 }: { query: UseQueryResult<T>; children: (data: T) => ReactNode; lines?: number }) {
  if (query.data !== undefined) return children(query.data);
  return query.error ? <Refused error={query.error} again={() => void query.refetch()} /> : <Waiting lines={lines} />;
}

export function Waiting({ lines = 5 }: { lines?: number }) {
  return (
    <Stack spacing={1} role="status" aria-label="Cargando">
      {Array.from({ length: lines }, (_, i) => <Skeleton key={i} variant="rounded" height={36} />)}
    </Stack>
  );
}

/** The API's own words; where a credential lacks a permission, the way to another one. */
export function Refused({ error, again }: { error: Error; again?: () => void }) {
  const { pathname, search } = useLocation();
  if (error instanceof ApiProblem && error.status === 403) {
    return (
      <Empty icon={<LockOutlined />} title="Esta sección pide otra credencial"
        action={<Button component={Link} to={`/ingresar?volver=${encodeURIComponent(pathname + search)}`} variant="contained">Ingresar con otra credencial</Button>}>
        Su credencial no tiene el permiso que hace falta aquí.
      </Empty>
    );
  }
  return (
    <Alert severity="error" action={again && <Button color="inherit" onClick={again}>Reintentar</Button>}>
      <AlertTitle>No se pudo cargar</AlertTitle>
      {error instanceof ApiProblem ? error.message : 'No hay conexión con el servicio.'}
    </Alert>
  );
}

export function Empty({ icon, title, children, action }: { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Paper sx={{ p: 4, textAlign: 'center', borderStyle: 'dashed' }}>
      <Stack spacing={1} sx={{ alignItems: 'center', color: 'text.secondary', '& svg': { fontSize: 40 } }}>
        {icon}
        <Typography component="h2" variant="h2" color="textPrimary">{title}</Typography>
        {children && <Typography sx={{ maxWidth: 480 }}>{children}</Typography>}
        {action}
      </Stack>
    </Paper>
  );
}
