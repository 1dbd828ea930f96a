import Alert from '@mui/material/Alert';
import Snackbar from '@mui/material/Snackbar';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

type Notice = { text: string; severity: 'success' | 'error'; key: number };
type Tell = (text: string, severity?: Notice['severity']) => void;

const Context = createContext<Tell>(() => {});
export const useNotice = () => useContext(Context);

/** Short news on what was just done, read out by screen readers. */
export function Notices({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Notice>();
  const [open, setOpen] = useState(false);
  const tell = useCallback<Tell>((text, severity = 'success') => {
    setNotice({ text, severity, key: Date.now() });
    setOpen(true);
  }, []);
  return (
    <Context value={tell}>
      {children}
      <Snackbar key={notice?.key} open={open} autoHideDuration={6000} anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
        onClose={(_, reason) => reason !== 'clickaway' && setOpen(false)}>
        <Alert severity={notice?.severity} variant="filled" onClose={() => setOpen(false)} closeText="Cerrar">{notice?.text}</Alert>
      </Snackbar>
    </Context>
  );
}
