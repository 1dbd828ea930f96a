import CloudUploadOutlined from '@mui/icons-material/CloudUploadOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Link from '@mui/material/Link';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore, type DragEvent } from 'react';
import { Link as RouterLink, useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import type { Ticket } from '../api/types';
import { Page } from '../parts/Page';
import { Section } from '../parts/Section';
import { StatusChip } from '../parts/StatusChip';
import { useAction } from '../parts/useAction';
import { uploadsStore, type Upload } from '../uploads';
import { isOver } from '../words';

const ACCEPTED = 'image/*,application/pdf';

export function Component() {
  const uploads = useSyncExternalStore(uploadsStore.subscribe, uploadsStore.get);
  const tickets = useTickets(uploads);
  return (
    <Page title="Agregar tickets" back={{ to: '/tickets', text: 'Tickets' }} lead="Fotografías o PDF de hasta 15 MB, cuantos quiera a la vez. Cada archivo es un ticket.">
      <DropZone />
      {uploads.length > 0 && (
        <Section title={`Enviados en esta sesión (${uploads.length})`} actions={<Button component={RouterLink} to="/tickets">Ver todos los tickets</Button>}>
          <List disablePadding aria-label="Archivos enviados">
            {uploads.map(upload => <Row key={upload.key} upload={upload} ticket={tickets.find(t => t.id === upload.ticketId)} />)}
          </List>
        </Section>
      )}
      <TypedTicket />
    </Page>
  );
}

function DropZone() {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    uploadsStore.add(event.dataTransfer.files);
  };
  return (
    <Paper onDragOver={e => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}
      sx={{ p: { xs: 3, md: 5 }, textAlign: 'center', border: 2, borderStyle: 'dashed', borderColor: over ? 'primary.main' : 'divider', bgcolor: over ? 'action.hover' : 'background.paper' }}>
      <CloudUploadOutlined sx={{ fontSize: 44, color: 'primary.main' }} />
      <Typography component="h2" variant="h2" sx={{ mt: 1 }}>Arrastre aquí sus tickets</Typography>
      <Typography color="textSecondary" sx={{ mb: 2 }}>o elíjalos de su equipo o de la cámara</Typography>
      <Button component="label" role={undefined} tabIndex={-1} variant="contained">
        Elegir archivos
        <Box component="input" type="file" multiple accept={ACCEPTED} aria-label="Elegir archivos" onChange={e => { const input = e.currentTarget as HTMLInputElement; uploadsStore.add(input.files ?? []); input.value = ''; }}
          sx={{ position: 'absolute', inset: 0, opacity: 0, cursor: 'pointer' }} />
      </Button>
    </Paper>
  );
}

function Row({ upload, ticket }: { upload: Upload; ticket?: Ticket }) {
  const id = `upload-${upload.key}`;
  return (
    <ListItem disableGutters divider sx={{ display: 'block' }}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', gap: 2, minHeight: 32 }}>
        <Typography id={id} noWrap variant="body2" sx={{ minWidth: 0 }}>
          {upload.name} <Typography component="span" variant="body2" color="textSecondary">({(upload.size / 1024).toFixed(0)} KB)</Typography>
        </Typography>
        <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexShrink: 0 }}>
          {ticket && <StatusChip status={ticket.automation_status} />}
          {upload.ticketId && <Link component={RouterLink} to={`/tickets/${upload.ticketId}`} variant="body2">Ticket {upload.ticketId}</Link>}
        </Stack>
      </Stack>
      {upload.error ? <Alert severity="error" sx={{ mt: 1 }}>{upload.error}</Alert>
        : !upload.ticketId && <LinearProgress variant={upload.sent > 0 && upload.sent < 1 ? 'determinate' : 'indeterminate'} value={upload.sent * 100} aria-labelledby={id} sx={{ mt: 0.5 }} />}
    </ListItem>
  );
}

/** One question for all of them, however many are on their way. */
function useTickets(uploads: Upload[]) {
  const sent = uploads.map(u => u.ticketId).filter(id => id !== undefined);
  const { data = [] } = useQuery({
    queryKey: ['tickets', 'sent', sent.length],
    queryFn: () => ask(api.GET('/invoicing/v2/tickets', { params: { query: { limit: 200 } } })) as unknown as Promise<Ticket[]>,
    enabled: sent.length > 0,
    placeholderData: before => before,
    refetchInterval: ({ state }) => (state.data?.every(t => !sent.includes(t.id) || isOver(t.automation_status)) ? false : 4000),
  });
  return data;
}

function TypedTicket() {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const send = useAction(() => ask(api.POST('/invoicing/v2/tickets', { body: { raw_data: text, tipo: 'texto' } })), { refresh: ['tickets'], then: ticket => navigate(`/tickets/${ticket.id}`) });
  return (
    <Section title="O escriba el ticket">
      <Stack component="form" spacing={1.5} onSubmit={e => { e.preventDefault(); send.mutate(); }} sx={{ alignItems: 'flex-start' }}>
        <TextField label="Texto del ticket" multiline minRows={4} fullWidth required value={text} onChange={e => setText(e.target.value)} helperText="Tal como viene impreso: comercio, folio, fecha y total." />
        <Button type="submit" variant="outlined" loading={send.isPending} disabled={!text.trim()}>Enviar ticket</Button>
      </Stack>
    </Section>
  );
}
