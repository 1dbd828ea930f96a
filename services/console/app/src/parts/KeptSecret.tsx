import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiProblem } from '../api/client';
import { atTime } from '../words';
import { ConfirmButton } from './ConfirmButton';
import { FormDialog } from './FormDialog';
import { Loaded } from './Loaded';
import { Section } from './Section';
import { useAction } from './useAction';

type Kept = { key_id: string; updated_at: string };

/** Something secret that is written and replaced, and never shown again. */
export function KeptSecret({ title, id, without, forgotten, read, write, forget, children }: {
  title: string; id: (string | number)[];
  /** What it means that there is none, and what happens once it is forgotten. */
  without: string; forgotten: string;
  read: () => Promise<unknown>; write: (body: never) => Promise<unknown>; forget: () => Promise<unknown>;
  /** The fields of its form. */
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const query = useQuery({
    queryKey: ['kept-secret', ...id],
    queryFn: () => (read() as Promise<Kept>).catch(error => {
      if (error instanceof ApiProblem && error.status === 404) return null;
      throw error;
    }),
  });
  const save = useAction((given: FormData) => write(Object.fromEntries([...given].filter(([, value]) => value)) as never), { done: 'Guardado.', refresh: ['kept-secret'] });
  const drop = useAction(forget, { done: 'Olvidado.', refresh: ['kept-secret'] });
  return (
    <Section title={title}>
      <Loaded query={query} lines={2}>{kept => (
        <Stack spacing={2} sx={{ alignItems: 'flex-start' }}>
          <Typography>{kept ? `Está guardada, cifrada con la llave ${kept.key_id}. Se cambió el ${atTime(kept.updated_at)}.` : without}</Typography>
          <Stack direction="row" sx={{ gap: 1 }}>
            <Button variant="outlined" aria-label={`${kept ? 'Cambiar' : 'Guardar'}: ${title}`} onClick={() => setOpen(true)}>{kept ? 'Cambiar' : 'Guardar'}</Button>
            {kept && <ConfirmButton color="error" aria-label={`Olvidar: ${title}`} title={`¿Olvidar «${title}»?`} text={forgotten} confirm="Olvidar" onConfirm={() => drop.mutate()}>Olvidar</ConfirmButton>}
          </Stack>
        </Stack>
      )}</Loaded>
      <FormDialog open={open} onClose={() => setOpen(false)} title={title} submit="Guardar" action={save}>{children}</FormDialog>
    </Section>
  );
}
