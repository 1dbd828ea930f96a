import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonGroup from '@mui/material/ButtonGroup';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useState, type MouseEvent, type ReactNode } from 'react';
import { addressOf, api, ApiProblem, ask, problemOf, send } from '../../api/client';
import { useAction } from '../../parts/useAction';

interface Frame { url: string; page: string | null }
type Input = { kind: 'click' | 'text' | 'key' | 'scroll'; x?: number; y?: number; text?: string; key?: string; delta_y?: number };

const KEYS = [['Tab', 'Siguiente campo'], ['Shift+Tab', 'Campo anterior'], ['Space', 'Espacio'], ['Enter', 'Entrar'], ['Backspace', 'Borrar']] as const;
const PAUSE = 600;
const STEP = 400;

/** The portal's page as it is now: clicks, keys and text go to it. By keyboard alone the buttons below the picture do the same. Where no page waits, what there is instead. */
export function LivePage({ id, otherwise }: { id: string; otherwise: ReactNode }) {
  const { frame, over } = useFrames(id);
  const [text, setText] = useState('');
  const input = useAction((body: Input) => ask(api.POST('/invoicing/v2/interventions/{id}/live/input', { params: { path: { id } }, body })));
  if (over) return <Stack spacing={1.5}><Alert severity="info">{over}</Alert>{otherwise}</Stack>;
  if (!frame) return <Skeleton variant="rounded" height={360} />;

  const click = (event: MouseEvent<HTMLImageElement>) => {
    const [image, box] = [event.currentTarget, event.currentTarget.getBoundingClientRect()];
    input.mutate({ kind: 'click', x: Math.round(((event.clientX - box.left) * image.naturalWidth) / box.width), y: Math.round(((event.clientY - box.top) * image.naturalHeight) / box.height) });
  };
  const write = () => input.mutate({ kind: 'text', text }, { onSuccess: () => setText('') });
  return (
    <Stack spacing={1.5}>
      {frame.page && <Typography variant="caption" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>{frame.page}</Typography>}
      <Box component="img" src={frame.url} alt="Página del portal en vivo; al pulsar en ella se pulsa en el portal" onClick={click}
        sx={{ width: 1, border: 1, borderColor: 'divider', borderRadius: 1, cursor: 'crosshair', display: 'block' }} />
      <Stack component="form" direction="row" sx={{ gap: 1 }} onSubmit={e => { e.preventDefault(); write(); }}>
        <TextField label="Escribir en el campo activo" value={text} onChange={e => setText(e.target.value)} sx={{ flexGrow: 1 }} autoComplete="off" />
        <Button type="submit" variant="outlined" disabled={!text}>Escribir</Button>
      </Stack>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        <ButtonGroup size="small" aria-label="Teclas" sx={{ flexWrap: 'wrap' }}>
          {KEYS.map(([key, name]) => <Button key={key} onClick={() => input.mutate({ kind: 'key', key })}>{name}</Button>)}
        </ButtonGroup>
        <ButtonGroup size="small" aria-label="Desplazar">
          <Button onClick={() => input.mutate({ kind: 'scroll', delta_y: -STEP })}>Subir</Button>
          <Button onClick={() => input.mutate({ kind: 'scroll', delta_y: STEP })}>Bajar</Button>
        </ButtonGroup>
      </Stack>
    </Stack>
  );
}

/** Asks for the picture again and again; one that did not change costs an empty answer. */
function useFrames(id: string) {
  const [frame, setFrame] = useState<Frame>();
  const [over, setOver] = useState<string>();
  useEffect(() => {
    let [left, etag, shown] = [false, '', ''];
    const next = async () => {
      const response = await send(new Request(addressOf(`/invoicing/v2/interventions/${id}/live`), { headers: etag ? { 'If-None-Match': etag } : {} }));
      if (response.status === 200) {
        URL.revokeObjectURL(shown);
        [etag, shown] = [response.headers.get('ETag') ?? '', URL.createObjectURL(await response.blob())];
        if (!left) setFrame({ url: shown, page: response.headers.get('X-Live-Page') });
      } else if (response.status !== 304 && response.status !== 429 && response.status < 500) throw problemOf(response.status, await response.json().catch(() => undefined));
    };
    void (async () => {
      while (!left) {
        try {
          await next();
        } catch (error) {
          if (error instanceof ApiProblem) {
            if (!left) setOver(error.message);
            return;
          }
        }
        await new Promise(resolve => setTimeout(resolve, document.hidden ? PAUSE * 5 : PAUSE));
      }
    })();
    return () => { left = true; URL.revokeObjectURL(shown); };
  }, [id]);
  return { frame, over };
}
