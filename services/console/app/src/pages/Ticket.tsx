import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink, useParams } from 'react-router';
import { api, ask, download } from '../api/client';
import type { Job, Step, Ticket } from '../api/types';
import { useJobEvents } from '../api/useJobEvents';
import { JobActions } from '../parts/JobActions';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Picture } from '../parts/Picture';
import { Facts, Section } from '../parts/Section';
import { StatusChip } from '../parts/StatusChip';
import { Timeline } from '../parts/Timeline';
import { atTime, dollars, isOver, OUTCOME, PRIORITY, STATUS, TIPO } from '../words';
import { FieldsForm } from './ticket/FieldsForm';
import { InvoiceSection } from './ticket/InvoiceSection';

export function Component() {
  const id = Number(useParams().id);
  const query = useQuery({
    queryKey: ['ticket', id],
    queryFn: () => ask(api.GET('/invoicing/v2/tickets/{id}', { params: { path: { id } } })) as unknown as Promise<Ticket>,
    refetchInterval: ({ state }) => (state.data && isOver(state.data.automation_status) ? false : 4000),
  });
  return <Loaded query={query}>{ticket => <Content key={ticket.id} ticket={ticket} />}</Loaded>;
}

function Content({ ticket }: { ticket: Ticket }) {
  const jobId = ticket.automation_job_id;
  const job = useQuery({ queryKey: ['job', jobId], queryFn: () => ask(api.GET('/invoicing/v2/jobs/{id}', { params: { path: { id: jobId! } } })) as unknown as Promise<Job>, enabled: !!jobId });
  const steps = useQuery({ queryKey: ['steps', jobId], queryFn: () => ask(api.GET('/invoicing/v2/jobs/{id}/steps', { params: { path: { id: jobId! } } })) as unknown as Promise<Step[]>, enabled: !!jobId });
  useJobEvents(jobId ?? 0, !!jobId && !!job.data && !isOver(job.data.status));
  const status = job.data?.status ?? ticket.automation_status;
  return (
    <Page title={`Ticket ${ticket.id}`} back={{ to: '/tickets', text: 'Tickets' }} lead={ticket.merchant_name ?? ticket.extracted_fields.merchant}
      actions={<><StatusChip status={status} paused={job.data?.estado === 'pausado' && status === 'en_cola'} />{job.data && <JobActions job={job.data} />}</>}>
      <Outcome ticket={ticket} job={job.data} />
      <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 5fr) minmax(0, 6fr)' }, alignItems: 'start' }}>
        <Stack spacing={2.5}>
          <Section title="Ticket recibido" actions={ticket.tipo !== 'texto' && <Button size="small" onClick={() => void download(`/invoicing/v2/tickets/${ticket.id}/file`, `ticket-${ticket.id}`)}>Descargar</Button>}>
            <Received ticket={ticket} />
          </Section>
          <Section title="Datos generales">
            <Facts of={[
              ['Recibido', atTime(ticket.created_at)], ['Origen', TIPO[ticket.tipo]], ['Prioridad', PRIORITY[ticket.priority]],
              ['Se puede facturar hasta', ticket.deadline?.closes_at ? atTime(ticket.deadline.closes_at as string) : '—'],
              ['Costo', dollars(ticket.cost_breakdown?.total)],
              ['Trabajo', jobId ? <Button key="job" component={RouterLink} to={`/trabajos/${jobId}`} size="small" sx={{ p: 0, minWidth: 0 }}>{jobId}</Button> : '—'],
            ]} />
          </Section>
        </Stack>
        <Stack spacing={2.5}>
          {ticket.invoice && <InvoiceSection ticket={ticket} />}
          <FieldsForm ticket={ticket} jobOver={!!job.data && isOver(job.data.status)} />
          <Section title="Qué se hizo en el portal">
            {jobId ? <Loaded query={steps} lines={3}>{list => <Timeline steps={list} />}</Loaded> : <Typography color="textSecondary">Este ticket no tiene trabajo.</Typography>}
          </Section>
        </Stack>
      </Box>
    </Page>
  );
}

/** Why it ended, or what it waits for, in the system's own sentence. */
function Outcome({ ticket, job }: { ticket: Ticket; job?: Job }) {
  const [outcome, detail] = [job?.outcome ?? ticket.outcome, job?.outcome_detail ?? ticket.outcome_detail];
  const status = job?.status ?? ticket.automation_status;
  if (!outcome && !detail && status !== 'requiere_intervencion') return null;
  const tone = STATUS[status]?.tone ?? 'info';
  return (
    <Alert severity={tone === 'default' ? 'info' : tone}
      action={status === 'requiere_intervencion' && job && <Button component={RouterLink} to={`/intervenciones?trabajo=${job.id}`} color="inherit">Atender</Button>}>
      <AlertTitle>{(outcome && OUTCOME[outcome]) ?? STATUS[status]?.text}</AlertTitle>
      {detail ?? job?.intervention_instructions}
    </Alert>
  );
}

function Received({ ticket }: { ticket: Ticket }) {
  if (ticket.tipo === 'imagen') return <Picture path={`/invoicing/v2/tickets/${ticket.id}/file`} alt={`Fotografía del ticket ${ticket.id}`} sx={{ width: 1, maxHeight: 720, '& img': { maxHeight: 720, mx: 'auto' } }} />;
  return (
    <Typography component="pre" variant="body2" tabIndex={0} sx={{ fontFamily: 'ui-monospace, monospace', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', m: 0, maxHeight: 560, overflow: 'auto' }}>
      {(ticket.tipo === 'texto' ? ticket.raw_data : ticket.extracted_text) || 'Descargue el archivo para verlo.'}
    </Typography>
  );
}
