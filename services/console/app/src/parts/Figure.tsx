import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** One number that matters. */
export function Figure({ name, value, note }: { name: string; value: ReactNode; note?: ReactNode }) {
  return (
    <Paper sx={{ p: 2 }}>
      <Typography variant="body2" color="textSecondary">{name}</Typography>
      <Typography sx={{ fontSize: '1.6rem', fontWeight: 650, lineHeight: 1.3, fontVariantNumeric: 'tabular-nums' }}>{value}</Typography>
      {note && <Typography variant="caption" color="textSecondary">{note}</Typography>}
    </Paper>
  );
}
