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
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { mayChooseCompany, session } from './api/session';
import { tenantsPage } from './api/tenants';
import { seenCompanies, useChooseCompany } from './parts/useChooseCompany';
import { ROLE } from './words';

/** Whose data is shown, who works here, and the way in and out. */
export function CompanyMenu() {
  const now = useSyncExternalStore(session.subscribe, session.get);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [queries, navigate] = [useQueryClient(), useNavigate()];

  const [part, setPart] = useState('');
  const go = useChooseCompany();
  const everywhere = now.role === 'platform_admin';
  const found = useQuery({ queryKey: ['tenants', part], queryFn: () => tenantsPage(part, 20), enabled: !!anchor && everywhere, placeholderData: keepPreviousData });
  const options = everywhere && found.data ? found.data.rows.map(t => t.company_id) : seenCompanies();

  const choose = (company: string) => {
    setAnchor(undefined);
    go(company);
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
            <Autocomplete freeSolo selectOnFocus options={options} defaultValue={now.company} onInputChange={(_, text, why) => setPart(why === 'input' ? text.trim() : '')} onChange={(_, company) => choose(company?.trim() ?? '')} openOnFocus
              renderInput={props => <TextField {...props} label="Empresa" autoFocus helperText={everywhere ? 'Vacío: todas las empresas' : 'Escriba el nombre y presione Entrar'} />} />
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
