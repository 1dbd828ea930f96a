import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: { outDir: '../obj/app', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1500 },
  // `npm run dev` against a running system.
  server: { proxy: Object.fromEntries(['/invoicing', '/connect', '/static', '/docs', '/openapi'].map(path => [path, 'http://localhost:8080'])) },
});
