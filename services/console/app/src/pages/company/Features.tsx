import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemText from '@mui/material/ListItemText';
import Paper from '@mui/material/Paper';
import Switch from '@mui/material/Switch';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client';
import type { Feature } from '../../api/types';
import { Loaded } from '../../parts/Loaded';
import { useAction } from '../../parts/useAction';

const NAMES: Record<string, [name: string, text: string]> = {
  enhanced_automation: ['Automatización v2', 'Apagada, los tickets se leen y esperan a que alguien los procese.'],
  captcha_solving: ['Resolver captchas por servicio', 'Apagada, cada captcha lo responde una persona.'],
  claude_analysis: ['Análisis con Claude', 'Ayuda a elegir entre pasos permitidos cuando un portal es ambiguo.'],
  google_vision_ocr: ['Lectura con Google Cloud Vision', 'Los tickets que se leen con duda se leen otra vez allí, con la llave de la empresa.'],
  supervised_first_emission: ['Primera factura supervisada', 'En un portal nuevo, una persona aprueba antes de emitir.'],
};
const REASON: Record<string, string> = { tenant: 'decidido para esta empresa', platform: 'valor de la plataforma', rollout: 'por despliegue gradual', default: 'valor de fábrica' };

export function Features({ company }: { company: string }) {
  const query = useQuery({ queryKey: ['features', company], queryFn: () => ask(api.GET('/invoicing/v2/tenants/{company_id}/features', { params: { path: { company_id: company } } })) as unknown as Promise<Feature[]> });
  const set = useAction((feature: Feature) => ask(api.PUT('/invoicing/v2/tenants/{company_id}/features/{feature_name}', {
    params: { path: { company_id: company, feature_name: feature.feature_name } }, body: { enabled: !feature.evaluation.enabled, rollout_percentage: feature.evaluation.enabled ? feature.rollout_percentage : 100 },
  })), { done: 'Función guardada.', refresh: ['features'] });
  return (
    <Loaded query={query}>{features => (
      <Paper>
        <List disablePadding>
          {withKnown(features).map((feature, i) => {
            const [name, text] = NAMES[feature.feature_name] ?? [feature.feature_name, ''];
            const { enabled, reason, variant } = feature.evaluation;
            return (
              <ListItem key={feature.feature_name} divider={i < features.length - 1} secondaryAction={<Switch edge="end" checked={enabled} disabled={set.isPending} onChange={() => set.mutate(feature)} slotProps={{ input: { 'aria-label': name } }} />}>
                <ListItemText primary={name} secondary={`${text} ${enabled ? 'Encendida' : 'Apagada'}: ${REASON[reason] ?? reason}${variant ? `, variante ${variant}` : ''}.`.trim()} sx={{ pr: 5 }} />
              </ListItem>
            );
          })}
        </List>
      </Paper>
    )}</Loaded>
  );
}

/** A flag nobody has set is on, and can be set all the same. */
function withKnown(features: Feature[]): Feature[] {
  const unset = Object.keys(NAMES).filter(name => !features.some(f => f.feature_name === name));
  return [...features, ...unset.map(feature_name => ({ feature_name, enabled: true, rollout_percentage: 100, evaluation: { enabled: true, variant: null, reason: 'default' } }) as unknown as Feature)];
}
