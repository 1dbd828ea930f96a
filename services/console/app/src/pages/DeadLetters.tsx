import MarkEmailReadOutlined from '@mui/icons-material/MarkEmailReadOutlined';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import ExpandMore from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { DeadLetter } from '../api/types';
import { ConfirmButton } from '../parts/ConfirmButton';
import { JsonView } from '../parts/JsonView';
import { Empty, Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Facts } from '../parts/Section';
import { useAction } from '../parts/useAction';
import { ago, atTime } from '../words';

export function Component() {
  const query = useQuery({
    queryKey: ['dead-letters'],
    queryFn: () => ask(api.GET('/invoicing/v2/admin/dead-letters', { params: { query: { status: 'open', limit: 100 } } })) as unknown as Promise<DeadLetter[]>,
    refetchInterval: 5000,
  });
  const all = useAction(() => ask(api.POST('/invoicing/v2/admin/dead-letters/replay')), { done: 'Los mensajes se enviaron de nuevo.', refresh: ['dead-letters'] });
  return (
    <Page title="Mensajes fallidos" lead="Mensajes entre servicios que no se pudieron atender. Los secretos se muestran cubiertos."
      actions={!!query.data?.length && (
        <ConfirmButton variant="outlined" loading={all.isPending} title="¿Enviar todos de nuevo?" text="Cada mensaje vuelve a su cola, el más antiguo primero, hasta 500." confirm="Enviar todos" onConfirm={() => all.mutate()}>Enviar todos de nuevo</ConfirmButton>
      )}>
      <Loaded query={query}>{letters => letters.length === 0
        ? <Empty icon={<MarkEmailReadOutlined />} title="No hay mensajes fallidos">Todo lo que los servicios se dijeron fue atendido.</Empty>
        : <div>{letters.map(letter => <Letter key={letter.id} letter={letter} />)}</div>}
      </Loaded>
    </Page>
  );
}

function Letter({ letter }: { letter: DeadLetter }) {
  const path = { params: { path: { id: letter.id } } };
  const replay = useAction(() => ask(api.POST('/invoicing/v2/admin/dead-letters/{id}/replay', path)), { done: 'El mensaje se envió de nuevo.', refresh: ['dead-letters'] });
  const discard = useAction(() => ask(api.DELETE('/invoicing/v2/admin/dead-letters/{id}', path)), { done: 'El mensaje se descartó.', refresh: ['dead-letters'] });
  return (
    <Accordion disableGutters>
      <AccordionSummary expandIcon={<ExpandMore />}>
        <Box sx={{ minWidth: 0 }}>
          <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{letter.message_type}</Typography>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>{letter.queue} · {ago(letter.last_at)}</Typography>
        </Box>
      </AccordionSummary>
      <AccordionDetails>
        <Stack spacing={2}>
          <Facts of={[
            ['Motivo', letter.reason], ['Intentos', letter.attempts], ['Empresa', letter.company_id], ['Trabajo', letter.job_id], ['Primera vez', atTime(letter.first_at)], ['Última vez', atTime(letter.last_at)],
          ]} />
          <JsonView value={letter.payload} label="Contenido del mensaje" />
          <Stack direction="row" sx={{ gap: 1 }}>
            <Button variant="contained" loading={replay.isPending} onClick={() => replay.mutate()}>Enviar de nuevo</Button>
            <ConfirmButton color="error" title="¿Descartar el mensaje?" text="No se podrá recuperar: lo que pedía no se hará." confirm="Descartar" onConfirm={() => discard.mutate()}>Descartar</ConfirmButton>
          </Stack>
        </Stack>
      </AccordionDetails>
    </Accordion>
  );
}
