import Breadcrumbs from '@mui/material/Breadcrumbs';
import MuiLink from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link, NavigationType, useNavigationType } from 'react-router';

/** Title, way back, what can be done here, content. */
export function Page({ title, lead, back, actions, children }: {
  title: ReactNode; lead?: ReactNode; back?: { to: string; text: string }; actions?: ReactNode; children: ReactNode;
}) {
  const name = typeof title === 'string' ? title : undefined;
  const [heading, arrival] = [useRef<HTMLHeadingElement>(null), useNavigationType()];
  useEffect(() => {
    // A page that one came to by a link is read out from its title, unless it asks for something at once.
    if (arrival !== NavigationType.Pop && document.activeElement === document.body) heading.current?.focus();
  }, [arrival]);
  return (
    <Stack spacing={2.5}>
      {name && <title>{`${name} · Invoicing`}</title>}
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'flex-end', flexWrap: 'wrap', gap: 1.5 }}>
        <div>
          {back && (
            <Breadcrumbs aria-label="Ruta" sx={{ mb: 0.5, fontSize: '0.875rem' }}>
              <MuiLink component={Link} to={back.to}>{back.text}</MuiLink>
              <Typography color="textSecondary" sx={{ fontSize: 'inherit' }} aria-current="page">{title}</Typography>
            </Breadcrumbs>
          )}
          <Typography ref={heading} variant="h1" tabIndex={-1} sx={{ outline: 'none' }}>{title}</Typography>
          {lead && <Typography color="textSecondary" sx={{ mt: 0.5, maxWidth: 720 }}>{lead}</Typography>}
        </div>
        {actions && <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>{actions}</Stack>}
      </Stack>
      {children}
    </Stack>
  );
}
