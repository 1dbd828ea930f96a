import AccountBalanceOutlined from '@mui/icons-material/AccountBalanceOutlined';
import ApartmentOutlined from '@mui/icons-material/ApartmentOutlined';
import BarChartOutlined from '@mui/icons-material/BarChartOutlined';
import DnsOutlined from '@mui/icons-material/DnsOutlined';
import GavelOutlined from '@mui/icons-material/GavelOutlined';
import InventoryOutlined from '@mui/icons-material/Inventory2Outlined';
import MarkEmailUnreadOutlined from '@mui/icons-material/MarkEmailUnreadOutlined';
import MonitorHeartOutlined from '@mui/icons-material/MonitorHeartOutlined';
import PlayCircleOutlined from '@mui/icons-material/PlayCircleOutlined';
import ReceiptLongOutlined from '@mui/icons-material/ReceiptLongOutlined';
import StorefrontOutlined from '@mui/icons-material/StorefrontOutlined';
import SupportAgentOutlined from '@mui/icons-material/SupportAgentOutlined';
import type { SvgIconComponent } from '@mui/icons-material';

type Entry = { to: string; text: string; icon: SvgIconComponent; counts?: boolean };

export const NAVIGATION: { title: string; pages: Entry[] }[] = [
  {
    title: 'Facturación',
    pages: [
      { to: '/tickets', text: 'Tickets', icon: ReceiptLongOutlined },
      { to: '/trabajos', text: 'En vivo', icon: PlayCircleOutlined },
      { to: '/intervenciones', text: 'Intervenciones', icon: SupportAgentOutlined, counts: true },
      { to: '/lotes', text: 'Lotes', icon: InventoryOutlined },
      { to: '/uso', text: 'Uso y costos', icon: BarChartOutlined },
    ],
  },
  {
    title: 'Empresa',
    pages: [
      { to: '/comercios', text: 'Comercios', icon: StorefrontOutlined },
      { to: '/empresa', text: 'Datos y ajustes', icon: AccountBalanceOutlined },
    ],
  },
  {
    title: 'Plataforma',
    pages: [
      { to: '/plataforma', text: 'Estado', icon: MonitorHeartOutlined },
      { to: '/empresas', text: 'Empresas', icon: ApartmentOutlined },
      { to: '/portales', text: 'Portales', icon: DnsOutlined },
      { to: '/mensajes', text: 'Mensajes fallidos', icon: MarkEmailUnreadOutlined },
      { to: '/auditoria', text: 'Auditoría', icon: GavelOutlined },
    ],
  },
];
