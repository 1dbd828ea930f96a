import AppsOutlined from '@mui/icons-material/AppsOutlined';
import DarkModeOutlined from '@mui/icons-material/DarkModeOutlined';
import LightModeOutlined from '@mui/icons-material/LightModeOutlined';
import MenuIcon from '@mui/icons-material/Menu';
import AppBar from '@mui/material/AppBar';
import Alert from '@mui/material/Alert';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import ListSubheader from '@mui/material/ListSubheader';
import Toolbar from '@mui/material/Toolbar';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useColorScheme } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { NavLink, Outlet, useLocation, useRouteError } from 'react-router';
import { api, ask } from './api/client';
import { CompanyMenu } from './CompanyMenu';
import icon from './icon.svg';
import { NAVIGATION } from './navigation';

const WIDTH = 232;

export function Layout() {
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => {
    setOpen(false);
    window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <Box sx={{ display: 'flex', minHeight: '100vh' }}>
      <Button href="#contenido" variant="contained" sx={{ position: 'fixed', top: 8, left: 8, zIndex: 'tooltip', transform: 'translateY(-200%)', '&:focus': { transform: 'none' } }}>
        Saltar al contenido
      </Button>
      <AppBar position="fixed" color="inherit" elevation={0} sx={{ borderWidth: '0 0 1px', zIndex: 'modal', bgcolor: 'background.paper' }}>
        <Toolbar variant="dense" sx={{ gap: 1, minHeight: 56 }}>
          <IconButton aria-label="Menú" aria-expanded={open} onClick={() => setOpen(!open)} edge="start" sx={{ display: { md: 'none' } }}><MenuIcon /></IconButton>
          <Box component="img" src={icon} alt="" sx={{ width: 26, height: 26 }} />
          <Typography sx={{ fontWeight: 700, mr: 'auto', letterSpacing: '-0.01em' }}>Invoicing</Typography>
          <CompanyMenu />
          <SchemeButton />
        </Toolbar>
      </AppBar>
      <Drawer variant="temporary" open={open} onClose={() => setOpen(false)} sx={{ display: { md: 'none' }, '& .MuiDrawer-paper': { width: WIDTH } }}>
        <Navigation />
      </Drawer>
      <Drawer variant="permanent" sx={{ display: { xs: 'none', md: 'block' }, width: WIDTH, flexShrink: 0, '& .MuiDrawer-paper': { width: WIDTH } }}>
        <Navigation />
      </Drawer>
      <Box component="main" id="contenido" sx={{ flexGrow: 1, minWidth: 0, p: { xs: 2, md: 3.5 }, pt: { xs: 10, md: 11 }, maxWidth: 1440 }}>
        <Outlet />
      </Box>
    </Box>
  );
}

function Navigation() {
  const { data: waiting } = useQuery({
    queryKey: ['interventions', 'open-count'],
    queryFn: () => ask(api.GET('/invoicing/v2/interventions', { params: { query: { status: 'open', limit: 200 } } })).then(open => open.length),
    refetchInterval: 15_000,
  });
  return (
    <Box component="nav" aria-label="Secciones" sx={{ pt: 8, pb: 2 }}>
      {NAVIGATION.map(group => (
        <Box key={group.title}>
        <ListSubheader component="h2" disableSticky sx={{ lineHeight: '2.4rem', bgcolor: 'transparent', m: 0, fontSize: '0.75rem' }}>{group.title}</ListSubheader>
        <List dense disablePadding aria-label={group.title}>
          {group.pages.map(({ to, text, icon: Icon, counts }) => (
            <ListItem key={to} disablePadding sx={{ px: 1 }}>
              <ListItemButton component={NavLink} to={to} sx={{ borderRadius: 1, py: 0.75, '&.active': { bgcolor: 'action.selected', color: 'primary.main', '& svg': { color: 'primary.main' }, '& span': { fontWeight: 600 } } }}>
                <ListItemIcon sx={{ minWidth: 36 }}><Icon fontSize="small" /></ListItemIcon>
                <ListItemText primary={text} />
                {counts && !!waiting && <Badge badgeContent={waiting} color="warning" sx={{ mr: 1.5 }} aria-label={`${waiting} por atender`} />}
              </ListItemButton>
            </ListItem>
          ))}
        </List>
        </Box>
      ))}
      <List dense disablePadding sx={{ mt: 1, px: 1 }}>
        <ListItem disablePadding>
          <ListItemButton component="a" href="/docs" sx={{ borderRadius: 1, py: 0.75 }}>
            <ListItemIcon sx={{ minWidth: 36 }}><AppsOutlined fontSize="small" /></ListItemIcon>
            <ListItemText primary="Guía de la API" />
          </ListItemButton>
        </ListItem>
      </List>
    </Box>
  );
}

function SchemeButton() {
  const { mode, systemMode, setMode } = useColorScheme();
  const dark = (mode === 'system' ? systemMode : mode) === 'dark';
  const text = dark ? 'Usar tema claro' : 'Usar tema oscuro';
  return (
    <Tooltip title={text}>
      <IconButton aria-label={text} onClick={() => setMode(dark ? 'light' : 'dark')}>{dark ? <LightModeOutlined /> : <DarkModeOutlined />}</IconButton>
    </Tooltip>
  );
}

/** A fault of the console itself. */
export function Crash() {
  const error = useRouteError();
  return (
    <Alert severity="error" action={<Button color="inherit" onClick={() => location.reload()}>Recargar</Button>}>
      La consola encontró un error: {error instanceof Error ? error.message : 'desconocido'}
    </Alert>
  );
}
