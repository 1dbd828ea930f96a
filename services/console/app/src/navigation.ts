import ReceiptLongOutlined from '@mui/icons-material/ReceiptLongOutlined';
import type { SvgIconComponent } from '@mui/icons-material';

type Entry = { to: string; text: string; icon: SvgIconComponent; counts?: boolean };

export const NAVIGATION: { title: string; pages: Entry[] }[] = [
  {
    title: 'Facturación',
    pages: [
      { to: '/tickets', text: 'Tickets', icon: ReceiptLongOutlined },
    ],
  },
];
