import ContentCopy from '@mui/icons-material/ContentCopy';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useNotice } from '../../parts/Notices';

/** A secret that is shown this once. */
export function Secret({ title, value, onClose }: { title: string; value?: string; onClose: () => void }) {
  const tell = useNotice();
  const copy = async () => {
    await navigator.clipboard.writeText(value!);
    tell('Copiado.');
  };
  return (
    <Dialog open={!!value} onClose={(_, reason) => reason !== 'backdropClick' && onClose()} fullWidth maxWidth="sm" aria-labelledby="secret-title">
      <DialogTitle id="secret-title">{title}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          <Alert severity="warning">Cópielo ahora: no se volverá a mostrar.</Alert>
          <TextField label="Secreto" value={value ?? ''} fullWidth slotProps={{ htmlInput: { readOnly: true, style: { fontFamily: 'ui-monospace, monospace' } } }} onFocus={e => e.target.select()} />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button startIcon={<ContentCopy />} onClick={() => void copy()}>Copiar</Button>
        <Button variant="contained" onClick={onClose}>Ya lo guardé</Button>
      </DialogActions>
    </Dialog>
  );
}
