import Button, { type ButtonProps } from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useState, type ReactNode } from 'react';

/** A button for what cannot be undone: it asks first. */
export function ConfirmButton({ title, text, confirm, onConfirm, children, ...button }: Omit<ButtonProps, 'title'> & {
  title: string; text: ReactNode; confirm: string; onConfirm: () => void; children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <Button {...button} onClick={() => setOpen(true)}>{children}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`} role="alertdialog">
        <DialogTitle id={`${id}-title`}>{title}</DialogTitle>
        <DialogContent><DialogContentText id={`${id}-text`}>{text}</DialogContentText></DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)} autoFocus>Volver</Button>
          <Button color="error" variant="contained" onClick={() => { setOpen(false); onConfirm(); }}>{confirm}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
