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
          { path: '*', lazy: () => import('./pages/NotFound') },
        ],
      },
    ],
  },
], { basename: '/console' });
