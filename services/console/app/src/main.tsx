import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { ApiProblem } from './api/client';
import { Notices } from './parts/Notices';
import { router } from './routes';
import { theme } from './theme';

// Only style sheets with the page's nonce count (services/console/AppPage.cs).
const styles = createCache({ key: 'css', nonce: document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce });

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2000,
      // What the API refused stays refused; what did not arrive is asked for again.
      retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status < 500),
    },
  },
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system">
        <CssBaseline enableColorScheme />
        <QueryClientProvider client={queries}>
          <Notices>
            <RouterProvider router={router} />
          </Notices>
        </QueryClientProvider>
      </ThemeProvider>
    </CacheProvider>
  </StrictMode>,
);
