import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import type { UseMutationResult } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { ApiProblem } from '../api/client';

/** A form in a dialog: it closes when the action is done, and says what the API refused. */
export function FormDialog<R>({ open, onClose, title, submit, action, children }: {
  open: boolean; onClose: () => void; title: string; submit: string; action: UseMutationResult<R, Error, FormData>; children: ReactNode;
}) {
  const id = useId();
  const close = () => { action.reset(); onClose(); };
  return (
    <Dialog open={open} onClose={close} fullWidth maxWidth="sm" aria-labelledby={id}
      slotProps={{ paper: { component: 'form', onSubmit: (event: React.FormEvent<HTMLFormElement>) => { event.preventDefault(); action.mutate(new FormData(event.currentTarget), { onSuccess: close }); } } as object }}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          {children}
          {action.error && <Alert severity="error">{explained(action.error)}</Alert>}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>Volver</Button>
        <Button type="submit" variant="contained" loading={action.isPending}>{submit}</Button>
      </DialogActions>
    </Dialog>
  );
}

const explained = (error: Error) => (error instanceof ApiProblem && error.errors.length > 0 ? error.errors.map(e => e.detail).join(' ') : error.message);
