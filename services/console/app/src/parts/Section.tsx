import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';

/** A titled part of a page. */
export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} sx={{ p: { xs: 2, md: 2.5 }, minWidth: 0 }}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', mb: 1.5, gap: 1, flexWrap: 'wrap', minHeight: 32 }}>
        <Typography id={id} component="h2" variant="h2">{title}</Typography>
        {actions}
      </Stack>
      {children}
    </Paper>
  );
}

/** Names and values. */
export function Facts({ of }: { of: [name: string, value: ReactNode][] }) {
  return (
    <Stack component="dl" sx={{ m: 0, '& > div': { display: 'grid', gridTemplateColumns: 'minmax(7.5rem, 38%) 1fr', gap: 1.5, py: 0.75, borderBottom: 1, borderColor: 'divider' }, '& > div:last-child': { borderBottom: 0 } }}>
      {of.map(([name, value]) => (
        <div key={name}>
          <Typography component="dt" variant="body2" color="textSecondary">{name}</Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' }}>{value ?? '—'}</Typography>
        </div>
      ))}
    </Stack>
  );
}
