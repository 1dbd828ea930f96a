import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { Empty } from '../parts/Loaded';
import { Page } from '../parts/Page';

export function Component() {
  return (
    <Page title="Página no encontrada">
      <Empty title="Esta dirección no existe en la consola" action={<Button component={Link} to="/tickets" variant="contained">Ir a los tickets</Button>} />
    </Page>
  );
}
