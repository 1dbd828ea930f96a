import type { GridPaginationModel } from '@mui/x-data-grid';
import { useSearchParams } from 'react-router';

/** The page of a list, kept in the address: it survives a reload and can be sent to somebody. */
export function usePaging() {
  const [search, setSearch] = useSearchParams();
  const paging = { page: Number(search.get('pagina') ?? 0), pageSize: Number(search.get('filas') ?? 25) };
  const onPaging = ({ page, pageSize }: GridPaginationModel) =>
    setSearch(now => { now.set('pagina', String(page)); now.set('filas', String(pageSize)); return now; }, { replace: true });
  return { search, setSearch, paging, onPaging };
}
