import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { api, ask } from '../api/client';
import type { Portal, Recipe } from '../api/types';
import { ConfirmButton } from '../parts/ConfirmButton';
import { JsonView } from '../parts/JsonView';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Facts, Section } from '../parts/Section';
import { Table, type Column } from '../parts/Table';
import { useAction } from '../parts/useAction';
import { atTime } from '../words';
import { BreakerChip } from './Portals';

const STATE: Record<string, string> = { current: 'Vigente', retired: 'Retirada', candidate: 'A prueba' };
const VERSIONS: Column<Recipe>[] = [
  { field: 'version', headerName: 'Versión', width: 84 },
  { field: 'state', headerName: 'Estado', width: 100, valueGetter: (_, row) => STATE[row.state] ?? row.state },
  { field: 'learned_at', headerName: 'Aprendida', flex: 1, minWidth: 140, valueGetter: (_, row) => atTime(row.learned_at) },
  { field: 'source', headerName: 'Origen', width: 110, wide: true, valueGetter: (_, row) => (row.source === 'operator' ? 'Una persona' : 'El sistema') },
  { field: 'uses', headerName: 'Usos', type: 'number', width: 80 },
  { field: 'held', headerName: 'Acertó', type: 'number', width: 80, wide: true },
  { field: 'misled', headerName: 'Falló', type: 'number', width: 80, wide: true },
  { field: 'mean_seconds', headerName: 'Segundos', type: 'number', width: 100, wide: true },
];

export function Component() {
  const host = useParams().host!;
  const path = { params: { path: { host } } };
  const query = useQuery({ queryKey: ['portals', host], queryFn: () => ask(api.GET('/invoicing/v2/admin/portals/{host}', path)) as unknown as Promise<Portal> });
  const reset = useAction(() => ask(api.POST('/invoicing/v2/admin/circuit-breakers/{host}/reset', path)), { done: 'El portal vuelve a usarse.', refresh: ['portals'] });
  const retire = useAction(() => ask(api.DELETE('/invoicing/v2/admin/portals/{host}', path)), { done: 'Receta retirada.', refresh: ['portals'] });
  return (
    <Loaded query={query}>{portal => (
      <Page title={portal.host} back={{ to: '/portales', text: 'Portales' }} actions={portal.breaker !== 'closed' && (
        <ConfirmButton variant="contained" title="¿Volver a usar el portal?" text="Los tickets que esperan se intentan ya, aunque el portal siga sin responder." confirm="Reactivar" onConfirm={() => reset.mutate()}>Reactivar</ConfirmButton>
      )}>
        <Section title="Salud">
          <Facts of={[
            ['Estado', <BreakerChip key="state" state={portal.breaker} />], ['Intentos', portal.attempts], ['Fallas seguidas', portal.failures],
            ['Última factura', atTime(portal.last_success_at)], ['Última falla', atTime(portal.last_failure_at)],
          ]} />
        </Section>
        <Section title="Receta vigente" actions={portal.recipe && (
          <ConfirmButton size="small" color="error" title="¿Retirar la receta?" text="El próximo ticket explora el portal como si fuera nuevo, y de ahí se aprende otra." confirm="Retirar" onConfirm={() => retire.mutate()}>Retirar</ConfirmButton>
        )}>
          {portal.recipe ? <JsonView value={(portal.recipe as Recipe).recipe} label="Receta vigente" /> : <Typography color="textSecondary">El sistema todavía no aprende el camino de este portal: lo explora cada vez.</Typography>}
        </Section>
        <Section title="Versiones">
          <Box><Table label="Versiones de la receta" rows={portal.versions as Recipe[]} columns={VERSIONS} getRowId={row => row.version} empty="Todavía no hay versiones." /></Box>
        </Section>
      </Page>
    )}</Loaded>
  );
}
