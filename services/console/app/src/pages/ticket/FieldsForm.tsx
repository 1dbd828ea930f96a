import WarningAmber from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type FormEvent } from 'react';
import { api, ask } from '../../api/client';
import type { Ticket } from '../../api/types';
import { Section } from '../../parts/Section';
import { useAction } from '../../parts/useAction';
import { FIELD, fieldName, percent } from '../../words';

/** Below this a person should look. */
const DOUBTFUL = 0.8;

/** What was read, how sure the reading is, and a person's correction of it. */
export function FieldsForm({ ticket, jobOver }: { ticket: Ticket; jobOver: boolean }) {
  const [changes, setChanges] = useState<Record<string, string>>({});
  const [added, setAdded] = useState<string[]>([]);
  const changed = Object.entries(changes).filter(([name, value]) => value.trim() && value !== (ticket.extracted_fields[name] ?? ''));
  const order = Object.keys(FIELD);
  const names = [...new Set([...Object.keys(ticket.extracted_fields), ...added])].sort((a, b) => (order.indexOf(a) + 99) % 99 - (order.indexOf(b) + 99) % 99);
  const invoiced = !!ticket.invoice_uuid;

  const save = useAction(async () => {
    await ask(api.POST('/invoicing/v2/tickets/{id}/fields', { params: { path: { id: ticket.id } }, body: { fields: Object.fromEntries(changed) as never } }));
    if (jobOver && ticket.automation_job_id) await ask(api.POST('/invoicing/v2/jobs/{id}/retry', { params: { path: { id: ticket.automation_job_id } } }));
    setChanges({});
  }, { done: jobOver ? 'Datos corregidos; se intenta de nuevo.' : 'Datos corregidos.', refresh: ['ticket', 'job', 'steps'] });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Section title="Datos leídos" actions={!invoiced && (
      <TextField select label="Agregar dato" value="" onChange={e => setAdded([...added, e.target.value])} sx={{ width: 170 }}>
        {order.filter(name => !names.includes(name) && name !== 'portal_url').map(name => <MenuItem key={name} value={name}>{FIELD[name]}</MenuItem>)}
      </TextField>
    )}>
      <Box component="form" onSubmit={submit}>
        {names.length === 0 && <Typography color="textSecondary">Todavía no se ha leído ningún dato.</Typography>}
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
          {names.map(name => {
            const confidence = ticket.field_confidence[name];
            const doubtful = confidence !== undefined && confidence < DOUBTFUL;
            return (
              <TextField key={name} label={fieldName(name)} value={changes[name] ?? ticket.extracted_fields[name] ?? ''} onChange={e => setChanges({ ...changes, [name]: e.target.value })}
                color={doubtful ? 'warning' : undefined} focused={doubtful || undefined}
                helperText={confidence === undefined ? 'Indicado por una persona' : doubtful ? <Doubt share={confidence} /> : `Confianza ${percent(confidence)}`}
                slotProps={{ htmlInput: { readOnly: invoiced } }} />
            );
          })}
        </Box>
        {!invoiced && (
          <Stack direction="row" sx={{ gap: 1, mt: 2, justifyContent: 'flex-end' }}>
            {changed.length > 0 && <Button onClick={() => setChanges({})}>Deshacer</Button>}
            <Button type="submit" variant="contained" disabled={changed.length === 0} loading={save.isPending}>{jobOver ? 'Guardar y reintentar' : 'Guardar'}</Button>
          </Stack>
        )}
      </Box>
    </Section>
  );
}

function Doubt({ share }: { share: number }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}>
      <WarningAmber sx={{ fontSize: 16 }} />Revíselo: confianza {percent(share)}
    </Box>
  );
}
