import CheckCircle from '@mui/icons-material/CheckCircle';
import ErrorIcon from '@mui/icons-material/Error';
import HelpOutlined from '@mui/icons-material/HelpOutlined';
import WarningAmber from '@mui/icons-material/WarningAmber';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import ExpandMore from '@mui/icons-material/ExpandMore';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import { download } from '../../api/client';
import type { Ticket } from '../../api/types';
import { Facts, Section } from '../../parts/Section';
import { atTime, pesos } from '../../words';
import { useAction } from '../../parts/useAction';

const ICON = { valid: <CheckCircle color="success" />, warning: <WarningAmber color="warning" />, unverified: <HelpOutlined color="disabled" />, invalid: <ErrorIcon color="error" /> };
const WORD = { valid: 'Correcto', warning: 'Con observaciones', unverified: 'Sin verificar', invalid: 'Incorrecto' };

/** The CFDI: its files, what it says, and each check it passed. */
export function InvoiceSection({ ticket }: { ticket: Ticket }) {
  const invoice = ticket.invoice!;
  const { valid, checks } = invoice.validation;
  const get = useAction(({ url, kind }: { url: string; kind: string }) => download(url, `${invoice.uuid}.${kind}`));
  return (
    <Section title="Factura (CFDI)" actions={<>
      <Button startIcon={<DownloadOutlined />} variant="contained" onClick={() => get.mutate({ url: invoice.xml_url, kind: 'xml' })}>XML</Button>
      {invoice.pdf_url && <Button startIcon={<DownloadOutlined />} variant="outlined" onClick={() => get.mutate({ url: invoice.pdf_url!, kind: 'pdf' })}>PDF</Button>}
    </>}>
      <Alert severity={valid ? 'success' : 'error'} sx={{ mb: 1.5 }}>{valid ? 'Sello, receptor e importe verificados.' : 'El CFDI no pasó todas las revisiones.'}</Alert>
      <Facts of={[
        ['Folio fiscal (UUID)', invoice.uuid], ['Emisor', invoice.emisor_rfc], ['Receptor', invoice.receptor_rfc], ['Total', pesos(invoice.total)], ['Fecha de emisión', atTime(invoice.fecha)],
      ]} />
      <Accordion disableGutters sx={{ mt: 1.5 }}>
        <AccordionSummary expandIcon={<ExpandMore />}>Revisiones del CFDI ({checks.length})</AccordionSummary>
        <AccordionDetails sx={{ p: 0 }}>
          <List dense disablePadding>
            {checks.map(check => (
              <ListItem key={check.code}>
                <ListItemIcon sx={{ minWidth: 36 }} aria-label={WORD[check.status]} role="img">{ICON[check.status]}</ListItemIcon>
                <ListItemText primary={check.detail} />
              </ListItem>
            ))}
          </List>
        </AccordionDetails>
      </Accordion>
    </Section>
  );
}
