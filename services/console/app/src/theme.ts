import { createTheme } from '@mui/material/styles';
import { esES as core } from '@mui/material/locale';
import { esES as grid } from '@mui/x-data-grid/locales';
import type {} from '@mui/x-data-grid/themeAugmentation';
import '@fontsource-variable/inter/wght.css';

/** Quiet surfaces, borders instead of shadows, figures that line up; colours reach the contrast of WCAG AA in both schemes. */
export const theme = createTheme(
  {
    cssVariables: { colorSchemeSelector: 'data-scheme' },
    colorSchemes: {
      light: {
        palette: {
          primary: { main: '#0b5cad' },
          success: { main: '#1b6e3c' },
          warning: { main: '#8a4b00' },
          error: { main: '#b3261e' },
          info: { main: '#0b5cad' },
          background: { default: '#f5f7fa', paper: '#ffffff' },
          text: { primary: '#1a2430', secondary: '#52606d' },
          divider: '#dfe4ea',
        },
      },
      dark: {
        palette: {
          primary: { main: '#8ab8ff' },
          success: { main: '#7bd69b' },
          warning: { main: '#ffc069' },
          error: { main: '#ffa59c' },
          info: { main: '#8ab8ff' },
          background: { default: '#10151b', paper: '#181f27' },
          text: { primary: '#e8edf2', secondary: '#a7b3bf' },
          divider: '#2c3641',
        },
      },
    },
    shape: { borderRadius: 8 },
    typography: {
      fontFamily: '"Inter Variable", system-ui, sans-serif',
      h1: { fontSize: '1.5rem', fontWeight: 650, letterSpacing: '-0.01em' },
      h2: { fontSize: '1.05rem', fontWeight: 650 },
      h3: { fontSize: '0.95rem', fontWeight: 650 },
      button: { textTransform: 'none', fontWeight: 600 },
      overline: { textTransform: 'none', letterSpacing: 0, fontSize: '0.75rem', fontWeight: 600, lineHeight: 1.5 },
    },
    components: {
      MuiButton: { defaultProps: { disableElevation: true } },
      MuiPaper: { defaultProps: { variant: 'outlined' }, styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiTextField: { defaultProps: { size: 'small' } },
      MuiFormControl: { defaultProps: { size: 'small' } },
      MuiAutocomplete: { defaultProps: { size: 'small' } },
      MuiTooltip: { defaultProps: { arrow: true } },
      MuiDataGrid: { styleOverrides: { root: { '--DataGrid-overlayHeight': '10rem', fontVariantNumeric: 'tabular-nums' } } },
      MuiLink: { defaultProps: { underline: 'hover' } },
    },
  },
  grid,
  core,
);
