import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { signIn } from '../api/client';
import icon from '../icon.svg';

type Way = 'key' | 'client';

export function Component() {
  const [way, setWay] = useState<Way>('key');
  const [parameters] = useSearchParams();
  const [navigate, queries] = [useNavigate(), useQueryClient()];
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: () => {
      queries.clear();
      const back = parameters.get('volver') ?? '';
      navigate(back.startsWith('/') && !back.startsWith('//') ? back : '/tickets', { replace: true });
    },
  });
  const enter = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? '').trim();
    entering.mutate(way === 'key' ? { apiKey: text('key') } : { clientId: text('id'), clientSecret: text('secret') });
  };
  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2 }}>
      <title>Ingresar · Invoicing</title>
      <Paper sx={{ p: { xs: 3, sm: 4 }, width: 1, maxWidth: 440 }}>
        <Stack component="form" spacing={2.5} onSubmit={enter}>
          <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center' }}>
            <Box component="img" src={icon} alt="" sx={{ width: 36, height: 36 }} />
            <div>
              <Typography variant="h1">Ingresar a Invoicing</Typography>
              <Typography variant="body2" color="textSecondary">Del ticket de compra a su CFDI verificado</Typography>
            </div>
          </Stack>
          <Tabs value={way} onChange={(_, value: Way) => setWay(value)} aria-label="Tipo de credencial">
            <Tab value="key" label="Llave de API" />
            <Tab value="client" label="Identificador y secreto" />
          </Tabs>
          {way === 'key'
            ? <TextField key="key" name="key" label="Llave de API" type="password" required autoFocus autoComplete="current-password" helperText="Empieza con ak_" />
            : <>
                <TextField key="id" name="id" label="Identificador" required autoFocus autoComplete="username" />
                <TextField key="secret" name="secret" label="Secreto" type="password" required autoComplete="current-password" />
              </>}
          {entering.error && <Alert severity="error">{entering.error.message}</Alert>}
          <Button type="submit" variant="contained" size="large" loading={entering.isPending}>Ingresar</Button>
          <Typography variant="body2" color="textSecondary">La credencial se guarda solo en esta pestaña y se olvida al cerrarla.</Typography>
        </Stack>
      </Paper>
    </Box>
  );
}
