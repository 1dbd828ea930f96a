import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import ButtonBase from '@mui/material/ButtonBase';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { SxProps } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { fetchBytes } from '../api/client';

/** The bytes behind an address of the API as a source for <img>: the browser itself would ask without the credential. */
export function useBlobUrl(path: string | null | undefined) {
  const { data, error } = useQuery({ queryKey: ['bytes', path], queryFn: () => fetchBytes(path!), enabled: !!path, staleTime: Infinity });
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => { URL.revokeObjectURL(made); setUrl(undefined); };
  }, [data]);
  return { url, type: data?.type, error };
}

/** A picture of the API; pressed, it opens in full size. */
export function Picture({ path, alt, height, sx }: { path: string; alt: string; height?: number; sx?: SxProps }) {
  const { url, error } = useBlobUrl(path);
  const [open, setOpen] = useState(false);
  if (error) return <Typography variant="body2" color="textSecondary">{error.message}</Typography>;
  if (!url) return <Skeleton variant="rounded" height={height ?? 160} sx={sx} />;
  return (
    <>
      <ButtonBase aria-label={`Ampliar: ${alt}`} onClick={() => setOpen(true)}
        sx={{ borderRadius: 1, overflow: 'hidden', border: 1, borderColor: 'divider', bgcolor: 'action.hover', maxWidth: '100%', '&:focus-visible': { outline: 2, outlineColor: 'primary.main' }, ...sx }}>
        <Box component="img" src={url} alt={alt} sx={{ display: 'block', maxWidth: '100%', height: height ?? 'auto', objectFit: 'contain' }} />
      </ButtonBase>
      <Dialog open={open} onClose={() => setOpen(false)} maxWidth="lg" aria-label={alt}>
        <ButtonBase aria-label="Cerrar" onClick={() => setOpen(false)}>
          <Box component="img" src={url} alt={alt} sx={{ display: 'block', maxWidth: '100%' }} />
        </ButtonBase>
      </Dialog>
    </>
  );
}
