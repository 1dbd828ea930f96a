import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { api, ask } from '../../api/client';
import { KeptSecret } from '../../parts/KeptSecret';

const key = <TextField name="key" label="Llave" type="password" required autoFocus autoComplete="new-password" />;

const SERVICES = [
  { name: 'google_vision_ocr', title: 'Google Cloud Vision', without: 'Sin llave, los tickets dudosos se leen solo aquí.', forgotten: 'Los tickets dudosos se leerán solo aquí.', fields: key },
  { name: 'claude_analysis', title: 'Claude', without: 'Sin llave, ni tickets ni portales dudosos se consultan con Claude.', forgotten: 'Ni tickets ni portales dudosos se consultarán con Claude.', fields: key },
  { name: 'captcha_solving', title: 'Servicio de captchas', without: 'Sin llave, los captchas difíciles los responde una persona.', forgotten: 'Los captchas difíciles los responderá una persona.', fields: key },
  {
    name: 'mailbox', title: 'Buzón de facturas', without: 'Sin buzón, las facturas que llegan por correo se reenvían a mano.', forgotten: 'Las facturas que lleguen por correo dejarán de leerse.', fields: (
      <>
        <TextField name="host" label="Servidor IMAP" required autoFocus />
        <TextField name="port" label="Puerto" required defaultValue="993" helperText="993 (TLS) o 143 (STARTTLS)." slotProps={{ htmlInput: { inputMode: 'numeric', pattern: '[0-9]{1,5}' } }} />
        <TextField name="username" label="Usuario" required autoComplete="off" />
        <TextField name="password" label="Contraseña" type="password" required autoComplete="new-password" />
        <TextField name="folder" label="Carpeta" helperText="Opcional: INBOX si no se indica." />
      </>
    ),
  },
];

/** What the company uses services of others with. Whether they are used at all is decided under «Funciones». */
export function OutsideServices({ company }: { company: string }) {
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 420px), 1fr))' }}>
      {SERVICES.map(({ name, fields, ...text }) => {
        const path = { params: { path: { company_id: company, name } } };
        return (
          <KeptSecret key={name} id={['service', company, name]} {...text}
            read={() => ask(api.GET('/invoicing/v2/tenants/{company_id}/service-secrets/{name}', path))}
            write={body => ask(api.PUT('/invoicing/v2/tenants/{company_id}/service-secrets/{name}', { ...path, body }))}
            forget={() => ask(api.DELETE('/invoicing/v2/tenants/{company_id}/service-secrets/{name}', path))}>
            {fields}
          </KeptSecret>
        );
      })}
    </Box>
  );
}
