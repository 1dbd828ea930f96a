import Button from '@mui/material/Button';
import { api, ask } from '../api/client';
import type { Job } from '../api/types';
import { isOver } from '../words';
import { ConfirmButton } from './ConfirmButton';
import { useAction } from './useAction';

const CHANGED = ['job', 'jobs', 'ticket', 'tickets', 'steps', 'interventions', 'batch'];

/** What a person may tell a job, as its state allows. */
export function JobActions({ job }: { job: Job }) {
  const path = { params: { path: { id: job.id } } };
  const cancel = useAction(() => ask(api.POST('/invoicing/v2/jobs/{id}/cancel', path)), { done: 'Trabajo cancelado.', refresh: CHANGED });
  const pause = useAction(() => ask(api.POST('/invoicing/v2/jobs/{id}/pause', path)), { done: 'Trabajo en pausa.', refresh: CHANGED });
  const resume = useAction(() => ask(api.POST('/invoicing/v2/jobs/{id}/resume', path)), { done: 'El trabajo sigue.', refresh: CHANGED });
  const retry = useAction(() => ask(api.POST('/invoicing/v2/jobs/{id}/retry', path)), { done: 'Se intenta de nuevo.', refresh: CHANGED });
  const paused = job.estado === 'pausado' && job.status === 'en_cola';
  if (job.status === 'completado') return null;
  if (isOver(job.status)) return <Button variant="contained" loading={retry.isPending} onClick={() => retry.mutate()}>Reintentar</Button>;
  return (
    <>
      {paused && <Button variant="contained" loading={resume.isPending} onClick={() => resume.mutate()}>Reanudar</Button>}
      {!paused && ['pendiente', 'en_cola'].includes(job.status) && <Button variant="outlined" loading={pause.isPending} onClick={() => pause.mutate()}>Pausar</Button>}
      <ConfirmButton variant="outlined" color="error" loading={cancel.isPending} title="¿Cancelar este trabajo?" confirm="Cancelar trabajo" onConfirm={() => cancel.mutate()}
        text="El navegador se detiene y el ticket queda sin factura. Podrá reintentarlo después.">Cancelar trabajo</ConfirmButton>
    </>
  );
}
