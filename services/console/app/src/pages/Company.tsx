import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { Link as RouterLink, useParams } from 'react-router';
import { useCompany } from '../api/useCompany';
import { Page } from '../parts/Page';
import { ApiKeys } from './company/ApiKeys';
import { Features } from './company/Features';
import { FiscalProfiles } from './company/FiscalProfiles';
import { Limits } from './company/Limits';
import { OutsideServices } from './company/OutsideServices';
import { Webhooks } from './company/Webhooks';

const SECTIONS = [
  { key: 'fiscales', text: 'Datos fiscales', Section: FiscalProfiles },
  { key: 'limites', text: 'Límites', Section: Limits },
  { key: 'funciones', text: 'Funciones', Section: Features },
  { key: 'llaves', text: 'Llaves de API', Section: ApiKeys },
  { key: 'servicios', text: 'Servicios externos', Section: OutsideServices },
  { key: 'avisos', text: 'Avisos', Section: Webhooks },
];

export function Component() {
  const company = useCompany();
  const section = useParams().seccion;
  const { key, text, Section } = SECTIONS.find(s => s.key === section) ?? SECTIONS[0];
  return (
    <Page title={text} lead={`Empresa ${company}`}>
      <Tabs value={key} variant="scrollable" allowScrollButtonsMobile aria-label="Ajustes de la empresa" sx={{ borderBottom: 1, borderColor: 'divider' }}>
        {SECTIONS.map(s => <Tab key={s.key} value={s.key} label={s.text} component={RouterLink} to={`/empresa/${s.key}`} replace />)}
      </Tabs>
      <Section key={company} company={company} />
    </Page>
  );
}

