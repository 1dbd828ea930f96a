import Box from '@mui/material/Box';
import useMediaQuery from '@mui/material/useMediaQuery';
import { DataGrid, type DataGridProps, type GridColDef, type GridPaginationModel, type GridValidRowModel } from '@mui/x-data-grid';
import { esES } from '@mui/x-data-grid/locales';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';

/** A column; `wide` ones are for screens with room. */
export type Column<R extends GridValidRowModel> = GridColDef<R> & { wide?: boolean };

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;

/** The data grid as the whole console uses it: as tall as its rows, paged, and with a row leading to its page by mouse and by Enter. */
export function Table<R extends GridValidRowModel>({ label, rows, columns, loading, open, empty, total, paging, onPaging, ...rest }: Omit<DataGridProps<R>, 'columns' | 'rows'> & {
  label: string; rows: R[]; columns: Column<R>[]; open?: (row: R) => string; empty: string;
  /** For lists that the API pages. */
  total?: number; paging?: GridPaginationModel; onPaging?: (model: GridPaginationModel) => void;
}) {
  const navigate = useNavigate();
  const roomy = useMediaQuery('(min-width:900px)');
  const visible = useMemo(() => Object.fromEntries(columns.filter(c => c.wide).map(c => [c.field, roomy])), [columns, roomy]);
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', bgcolor: 'background.paper', minWidth: 0 }}>
      <DataGrid
        aria-label={label} rows={rows} columns={columns} loading={loading} nonce={nonce} density="compact" rowHeight={48}
        disableRowSelectionOnClick disableColumnMenu columnVisibilityModel={visible} localeText={{ ...esES.components.MuiDataGrid.defaultProps.localeText, noRowsLabel: empty }}
        slotProps={{ loadingOverlay: { variant: 'skeleton', noRowsVariant: 'skeleton' } }}
        onRowClick={open && (({ row }) => navigate(open(row)))}
        onCellKeyDown={open && (({ row }, event) => event.key === 'Enter' && navigate(open(row)))}
        hideFooter={!onPaging && rows.length <= 25} pageSizeOptions={[25, 50, 100]}
        {...(onPaging ? { paginationMode: 'server', rowCount: total ?? -1, paginationModel: paging, onPaginationModelChange: onPaging } : { initialState: { pagination: { paginationModel: { pageSize: 25 } } } })}
        sx={{ '& .MuiDataGrid-row': { cursor: open ? 'pointer' : 'default' } }}
        {...rest}
      />
    </Box>
  );
}
