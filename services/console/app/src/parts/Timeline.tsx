import CheckCircle from '@mui/icons-material/CheckCircle';
import ErrorIcon from '@mui/icons-material/Error';
import Link from '@mui/material/Link';
import MuiStep from '@mui/material/Step';
import StepContent from '@mui/material/StepContent';
import StepLabel from '@mui/material/StepLabel';
import Stepper from '@mui/material/Stepper';
import Typography from '@mui/material/Typography';
import type { Step } from '../api/types';
import { atClock, lasted } from '../words';
import { Picture } from './Picture';

/** What the browser did, step by step, each with its reason and picture. */
export function Timeline({ steps }: { steps: Step[] }) {
  if (steps.length === 0) return <Typography color="textSecondary">Todavía no hay pasos en el portal.</Typography>;
  return (
    <Stepper orientation="vertical" nonLinear component="ol" aria-label="Pasos" sx={{ listStyle: 'none', p: 0, m: 0 }}>
      {steps.map(step => (
        <MuiStep key={step.step_number} active expanded component="li">
          <StepLabel error={!!step.error_message} slots={{ stepIcon: step.error_message ? Failed : Done }}
            optional={<Typography variant="caption" color="textSecondary">{atClock(step.created_at)} · {lasted(step.timing_ms)}</Typography>}>
            {step.description}
          </StepLabel>
          <StepContent slotProps={{ transition: { unmountOnExit: false } }}>
            {step.error_message && <Typography variant="body2" color="error">{step.error_message}</Typography>}
            {step.llm_reasoning && <Typography variant="body2" color="textSecondary">Motivo: {step.llm_reasoning}</Typography>}
            {step.url && <Link href={step.url} target="_blank" rel="noreferrer noopener" variant="caption" sx={{ display: 'block', overflowWrap: 'anywhere' }}>{step.url}</Link>}
            {step.screenshot_url && <Picture path={step.screenshot_url} alt={`Pantalla: ${step.description}`} height={150} sx={{ mt: 1 }} />}
          </StepContent>
        </MuiStep>
      ))}
    </Stepper>
  );
}

const Done = () => <CheckCircle color="success" fontSize="small" />;
const Failed = () => <ErrorIcon color="error" fontSize="small" />;
