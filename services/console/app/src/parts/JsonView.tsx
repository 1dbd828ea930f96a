import Box from '@mui/material/Box';

/** Data as it is kept, for those who want to see it. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  return (
    <Box component="pre" tabIndex={0} role="region" aria-label={label} sx={{ m: 0, p: 1.5, borderRadius: 1, bgcolor: 'action.hover', fontSize: '0.8rem', fontFamily: 'ui-monospace, monospace', maxHeight: 360, overflow: 'auto' }}>
      {JSON.stringify(value, null, 2)}
    </Box>
  );
}
