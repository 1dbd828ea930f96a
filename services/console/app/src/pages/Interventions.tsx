import TaskAltOutlined from '@mui/icons-material/TaskAltOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardActions from '@mui/material/CardActions';
import CardContent from '@mui/material/CardContent';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink, Navigate, useSearchParams } from 'react-router';
import { api, ask } from '../api/client';
import type { Intervention } from '../api/types';
import { Empty, Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Picture } from '../parts/Picture';
import { ago, KIND } from '../words';

export function Component() {
  const [search] = useSearchParams();
  const job = search.get('trabajo');
  const open = useQuery({
    queryKey: ['interventions', 'open', job],
    queryFn: () => ask(api.GET('/invoicing/v2/interventions', { params: { query: { status: 'open', job_id: job ? Number(job) : undefined, limit: 200 } } })) as unknown as Promise<Intervention[]>,
    refetchInterval: 4000,
  });
  if (job && open.data?.length === 1) return <Navigate to={`/intervenciones/${open.data[0].id}`} replace />;
  return (
    <Page title="Intervenciones" lead="Preguntas que solo una persona puede responder. El navegador espera en la misma página y sigue con su respuesta.">
      <Loaded query={open}>{list => list.length === 0
        ? <Empty icon={<TaskAltOutlined />} title="Nada por atender">Cuando un portal pida un captcha, un dato o una confirmación, aparecerá aquí.</Empty>
        : (
          <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0, display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))' }}>
            {list.map(asked => <li key={asked.id}><Question asked={asked} /></li>)}
          </Box>
        )}
      </Loaded>
    </Page>
  );
}

function Question({ asked }: { asked: Intervention }) {
  return (
    <Card component="article" sx={{ height: 1, display: 'flex', flexDirection: 'column' }}>
      <CardContent sx={{ flexGrow: 1 }}>
        <Stack direction="row" sx={{ justifyContent: 'space-between', mb: 1 }}>
          <Chip size="small" color="warning" variant="outlined" label={KIND[asked.kind] ?? asked.kind} />
          <Typography variant="body2" color="textSecondary">vence {ago(asked.expires_at)}</Typography>
        </Stack>
        <Typography component="h2" variant="h3" gutterBottom>{asked.prompt}</Typography>
        {asked.image_url && <Picture path={asked.image_url} alt="Imagen del captcha" height={70} />}
        <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>Ticket {asked.ticket_id} · trabajo {asked.job_id}</Typography>
      </CardContent>
      <CardActions sx={{ px: 2, pb: 2 }}>
        <Button component={RouterLink} to={`/intervenciones/${asked.id}`} variant="contained" aria-label={`Atender: ${asked.prompt} (ticket ${asked.ticket_id})`}>Atender</Button>
      </CardActions>
    </Card>
  );
}
