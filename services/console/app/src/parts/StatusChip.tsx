import CheckCircle from '@mui/icons-material/CheckCircle';
import Autorenew from '@mui/icons-material/Autorenew';
import ErrorIcon from '@mui/icons-material/Error';
import PersonIcon from '@mui/icons-material/Person';
import Schedule from '@mui/icons-material/Schedule';
import Chip from '@mui/material/Chip';
import { STATUS } from '../words';

const ICON = { default: <Schedule />, info: <Autorenew />, success: <CheckCircle />, warning: <PersonIcon />, error: <ErrorIcon /> };

/** An automation status in words, a picture and a colour. */
export function StatusChip({ status, paused }: { status: string; paused?: boolean }) {
  const { text, tone } = STATUS[status] ?? { text: status, tone: 'default' };
  return <Chip size="small" variant="outlined" color={tone} icon={ICON[tone]} label={paused ? 'En pausa' : text} />;
}
