import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api/client';
import type { Budget } from '../../api/types';
import { Loaded } from '../../parts/Loaded';
import { Section } from '../../parts/Section';
import { useAction } from '../../parts/useAction';
import { atTime, dollars } from '../../words';

export function BudgetSection() {
  const budget = useQuery({ queryKey: ['budget'], queryFn: () => ask(api.GET('/invoicing/v2/billing/budget')) as unknown as Promise<Budget> });
  return (
    <Section title="Presupuesto del mes">
      <Loaded query={budget} lines={2}>{data => <Content budget={data} />}</Loaded>
    </Section>
  );
}

function Content({ budget }: { budget: Budget }) {
  const [amount, setAmount] = useState(budget.amount ? String(budget.amount) : '');
  const save = useAction(() => ask(api.PUT('/invoicing/v2/billing/budget', { body: { amount: Number(amount) } })), { done: 'Presupuesto guardado.', refresh: ['budget'] });
  const share = budget.amount ? Math.min(100, (budget.spent / budget.amount) * 100) : 0;
  return (
    <Stack spacing={2}>
      {budget.amount
        ? <div>
            <Typography variant="body2" gutterBottom>{dollars(budget.spent)} de {dollars(budget.amount)} ({Math.round(share)} %)</Typography>
            <LinearProgress variant="determinate" value={share} color={share >= 100 ? 'error' : share >= 80 ? 'warning' : 'primary'} aria-label="Gastado del presupuesto" sx={{ height: 8, borderRadius: 1 }} />
          </div>
        : <Typography variant="body2" color="textSecondary">Gastado este mes: {dollars(budget.spent)}. Con un presupuesto se avisa al 80 y al 100 %.</Typography>}
      {budget.alerts.map(alert => <Alert key={alert.threshold} severity={alert.threshold >= 100 ? 'error' : 'warning'}>Se llegó al {alert.threshold} % el {atTime(alert.at as string)}.</Alert>)}
      <Stack component="form" direction="row" sx={{ gap: 1 }} onSubmit={e => { e.preventDefault(); save.mutate(); }}>
        <TextField label="Presupuesto mensual (USD)" type="number" value={amount} onChange={e => setAmount(e.target.value)} required slotProps={{ htmlInput: { min: 0.01, step: 'any' } }} />
        <Button type="submit" variant="outlined" loading={save.isPending} disabled={!amount || Number(amount) === budget.amount}>Guardar</Button>
      </Stack>
    </Stack>
  );
}
