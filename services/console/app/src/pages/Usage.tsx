import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { BarChart } from '@mui/x-charts/BarChart';
import { PieChart } from '@mui/x-charts/PieChart';
import { useTheme } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, download } from '../api/client';
import type { Metrics } from '../api/types';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Section } from '../parts/Section';
import { Figure } from '../parts/Figure';
import { Table, type Column } from '../parts/Table';
import { dollars, lasted, onDay, OUTCOME } from '../words';
import { BudgetSection } from './usage/BudgetSection';
import { StatementsSection } from './usage/StatementsSection';

type Point = Metrics['series'][number];
const PERIODS: Record<string, string> = { 7: 'Últimos 7 días', 30: 'Últimos 30 días', 90: 'Últimos 90 días' };
const mexico = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Mexico_City' });

const MERCHANTS: Column<Point>[] = [
  { field: 'merchant', headerName: 'Comercio', flex: 1, minWidth: 140, valueGetter: (_, row) => row.merchant || 'Sin identificar' },
  { field: 'jobs', headerName: 'Tickets', type: 'number', width: 90 },
  { field: 'successful', headerName: 'Facturados', type: 'number', width: 110 },
  { field: 'failed', headerName: 'No facturados', type: 'number', width: 130, wide: true },
  { field: 'average_processing_time_ms', headerName: 'Tiempo medio', width: 130, align: 'right', headerAlign: 'right', wide: true, valueFormatter: (value: number) => lasted(value) },
  { field: 'captchas_solved', headerName: 'Captchas', type: 'number', width: 100, wide: true },
  { field: 'cost', headerName: 'Costo', width: 120, align: 'right', headerAlign: 'right', wide: true, valueFormatter: (value: number | null) => dollars(value) },
];

export function Component() {
  const [days, setDays] = useState('30');
  const [to, from] = [mexico.format(new Date()), mexico.format(new Date(Date.now() - (Number(days) - 1) * 86_400_000))];
  const metrics = (group_by: 'day' | 'merchant') => ({
    queryKey: ['metrics', group_by, from, to],
    queryFn: () => ask(api.GET('/invoicing/v2/metrics', { params: { query: { from, to, group_by } } })) as unknown as Promise<Metrics>,
  });
  const [byDay, byMerchant] = [useQuery(metrics('day')), useQuery(metrics('merchant'))];
  return (
    <Page title="Uso y costos" lead="Lo que se procesó y lo que costó. Los días son los de la Ciudad de México; los costos, en dólares."
      actions={<>
        <TextField select label="Periodo" value={days} onChange={e => setDays(e.target.value)} sx={{ minWidth: 180 }}>
          {Object.entries(PERIODS).map(([value, text]) => <MenuItem key={value} value={value}>{text}</MenuItem>)}
        </TextField>
        <Button variant="outlined" onClick={() => void download(`/invoicing/v2/billing/usage?from=${from}&to=${to}&format=csv`, `uso_${from}_${to}.csv`)}>Descargar CSV</Button>
      </>}>
      <Loaded query={byDay}>{data => <Days data={data} from={from} to={to} />}</Loaded>
      <Section title="Por comercio">
        <Loaded query={byMerchant} lines={3}>{data => <Table label="Uso por comercio" rows={data.series} columns={MERCHANTS.filter(c => c.field !== 'cost' || data.cost_today !== undefined)} getRowId={row => row.merchant ?? ''} empty="No hubo tickets en este periodo." />}</Loaded>
      </Section>
      <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(0, 2fr)' }, alignItems: 'start' }}>
        <StatementsSection />
        <BudgetSection />
      </Box>
    </Page>
  );
}

function Days({ data, from, to }: { data: Metrics; from: string; to: string }) {
  const { vars } = useTheme();
  const colors = vars!.palette;
  const days = everyDay(data.series, from, to);
  const sum = (of: (p: Point) => number | null | undefined) => days.reduce((all, p) => all + (of(p) ?? 0), 0);
  const [jobs, good] = [sum(p => p.jobs), sum(p => p.successful)];
  const costs = data.cost_today !== undefined && data.cost_today !== null;
  const ends = [{ label: 'Facturados', value: good, color: colors.success.main as string | undefined }, ...data.top_error_types.map(e => ({ label: OUTCOME[e.type] ?? e.type, value: e.count, color: undefined }))].filter(e => e.value > 0);
  const axis = [{ data: days.map(p => p.date!), scaleType: 'band' as const, valueFormatter: onDay, tickLabelStyle: { fontSize: 11 } }];
  return (
    <>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr 1fr', md: 'repeat(4, 1fr)' } }}>
        <Figure name="Tickets procesados" value={String(jobs)} note={`${data.total_jobs_today} hoy`} />
        <Figure name="Facturados" value={jobs ? `${Math.round((good / jobs) * 100)} %` : '—'} note={`${good} de ${jobs}`} />
        <Figure name="Captchas resueltos" value={String(sum(p => p.captchas_solved))} note={`${data.captchas_solved_today} hoy`} />
        {costs ? <Figure name="Costo" value={dollars(sum(p => p.cost))} note={good ? `${dollars(sum(p => p.cost) / good)} por factura` : 'sin facturas en el periodo'} />
          : <Figure name="Tiempo medio hoy" value={lasted(data.average_processing_time_ms || null)} />}
      </Box>
      <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(0, 2fr)' } }}>
        <Section title="Tickets por día">
          <BarChart height={260} xAxis={axis} aria-label="Tickets por día" yAxis={[{ width: 36, tickMinStep: 1 }]} grid={{ horizontal: true }}
            series={[{ data: days.map(p => p.successful), label: 'Facturados', stack: 'all', color: colors.success.main }, { data: days.map(p => p.failed), label: 'No facturados', stack: 'all', color: colors.error.main }]} />
        </Section>
        <Section title="En qué terminaron">
          {ends.length === 0 ? <Typography color="textSecondary">No hubo tickets en este periodo.</Typography>
            : <PieChart height={260} aria-label="En qué terminaron" series={[{ data: ends.map((e, id) => ({ id, ...e })), innerRadius: 55, paddingAngle: 2, cornerRadius: 3 }]} slotProps={{ legend: { direction: 'vertical', position: { vertical: 'middle', horizontal: 'end' } } }} />}
        </Section>
      </Box>
      {costs && (
        <Section title="Costo por día (USD)">
          <BarChart height={220} xAxis={axis} aria-label="Costo por día" yAxis={[{ width: 64, valueFormatter: (value: number) => String(Number(value.toPrecision(3))) }]} grid={{ horizontal: true }} hideLegend
            series={[{ data: days.map(p => p.cost ?? 0), label: 'Costo', color: colors.primary.main, valueFormatter: value => dollars(value) }]} />
        </Section>
      )}
    </>
  );
}

/** Days without a ticket are days, too. */
function everyDay(series: Point[], from: string, to: string) {
  const found = new Map(series.map(p => [p.date, p]));
  const days: Point[] = [];
  for (let day = new Date(from + 'T00:00:00Z'); day <= new Date(to + 'T00:00:00Z'); day = new Date(day.getTime() + 86_400_000)) {
    const date = day.toISOString().slice(0, 10);
    days.push(found.get(date) ?? { date, jobs: 0, successful: 0, failed: 0, average_processing_time_ms: 0, captchas_solved: 0, cost: 0 });
  }
  return days;
}
