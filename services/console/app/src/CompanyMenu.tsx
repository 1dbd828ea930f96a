import BusinessOutlined from '@mui/icons-material/BusinessOutlined';
import LoginIcon from '@mui/icons-material/Login';
import Logout from '@mui/icons-material/Logout';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import Popover from '@mui/material/Popover';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { mayChooseCompany, session } from './api/session';
import { ROLE } from './words';

const SEEN = 'invoicing.companies';
const seen = () => JSON.parse(localStorage.getItem(SEEN) ?? '["default"]') as string[];

/** Whose data is shown, who works here, and the way in and out. */
export function CompanyMenu() {
  const now = useSyncExternalStore(session.subscribe, session.get);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [queries, navigate] = [useQueryClient(), useNavigate()];

  const choose = (company: string) => {
    if (company) localStorage.setItem(SEEN, JSON.stringify([...new Set([company, ...seen()])].slice(0, 20)));
    session.set({ ...now, company });
    setAnchor(undefined);
    queries.clear();
    navigate('/tickets');
  };
  const leave = () => {
    session.set({ company: 'default' });
    queries.clear();
    navigate('/ingresar');
  };

  return (
    <>
      <Button color="inherit" startIcon={<BusinessOutlined />} aria-haspopup="dialog" onClick={e => setAnchor(e.currentTarget)}
        sx={{ maxWidth: { xs: 170, sm: 320 }, '& .MuiButton-startIcon': { flexShrink: 0 } }}>
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
          <Box component="span" sx={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>Empresa: </Box>
          {now.company || 'Todas las empresas'}
        </Box>
      </Button>
      <Popover open={!!anchor} anchorEl={anchor} onClose={() => setAnchor(undefined)} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }} transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': 'Empresa y sesión', sx: { width: 320, p: 2 } } as object }}>
        <Stack spacing={2}>
          {mayChooseCompany(now) && (
            <Autocomplete freeSolo selectOnFocus options={seen()} defaultValue={now.company} onChange={(_, company) => choose(company?.trim() ?? '')} openOnFocus
              renderInput={props => <TextField {...props} label="Empresa" autoFocus helperText={now.role === 'platform_admin' ? 'Vacío: todas las empresas' : 'Escriba el nombre y presione Entrar'} />} />
          )}
          <Typography variant="body2" color="textSecondary">
            {now.credential ? `Sesión iniciada${now.role ? `: ${ROLE[now.role] ?? now.role}` : ' con una llave de API'}. Termina al cerrar esta pestaña.` : 'Sin credencial: esta instalación local permite operar sin ingresar.'}
          </Typography>
          <Divider />
          {now.credential
            ? <Button startIcon={<Logout />} onClick={leave}>Salir</Button>
            : <Button startIcon={<LoginIcon />} onClick={() => navigate('/ingresar')}>Ingresar con una credencial</Button>}
        </Stack>
      </Popover>
    </>
  );
}
