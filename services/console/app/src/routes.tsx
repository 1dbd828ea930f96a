import { createBrowserRouter, Navigate } from 'react-router';
import { Crash, Layout } from './Layout';

/** One file a page; each is fetched when it is first opened. */
export const router = createBrowserRouter([
  { path: '/ingresar', lazy: () => import('./pages/SignIn') },
  {
    element: <Layout />,
    children: [
      {
        errorElement: <Crash />,
        children: [
          { path: '/', element: <Navigate to="/tickets" replace /> },
          { path: '/tickets', lazy: () => import('./pages/Tickets') },
          { path: '/tickets/nuevos', lazy: () => import('./pages/Upload') },
          { path: '/tickets/:id', lazy: () => import('./pages/Ticket') },
          { path: '/trabajos', lazy: () => import('./pages/Jobs') },
          { path: '/trabajos/:id', lazy: () => import('./pages/Job') },
          { path: '/intervenciones', lazy: () => import('./pages/Interventions') },
          { path: '/intervenciones/:id', lazy: () => import('./pages/Intervention') },
          { path: '/lotes', lazy: () => import('./pages/Batches') },
          { path: '/lotes/:id', lazy: () => import('./pages/Batch') },
          { path: '/uso', lazy: () => import('./pages/Usage') },
          { path: '/comercios', lazy: () => import('./pages/Merchants') },
          { path: '/comercios/:id', lazy: () => import('./pages/Merchant') },
          { path: '/portales', lazy: () => import('./pages/Portals') },
          { path: '/portales/:host', lazy: () => import('./pages/Portal') },
          { path: '/empresa/:seccion?', lazy: () => import('./pages/Company') },
          { path: '/empresas', lazy: () => import('./pages/Companies') },
          { path: '/plataforma', lazy: () => import('./pages/Overview') },
          { path: '/mensajes', lazy: () => import('./pages/DeadLetters') },
          { path: '/auditoria', lazy: () => import('./pages/Audit') },
          { path: '*', lazy: () => import('./pages/NotFound') },
        ],
      },
    ],
  },
], { basename: '/console' });
