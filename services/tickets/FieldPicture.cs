using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets;

/// <summary>The piece of a photograph that a field stands on.</summary>
internal static class FieldPicture
{
    /// <summary>A photograph is decoded whole: one at a time, so that memory does not grow with the askers.</summary>
    private static readonly SemaphoreSlim Place = new(1);

    /// <summary>Null when the photograph is gone or cannot be opened.</summary>
    public static async Task<byte[]?> CutAsync(Artefacts artefacts, string key, PrintPlace place, CancellationToken ct)
    {
        await Place.WaitAsync(ct);
        try
        {
            var (photo, _) = Photo.Open(await artefacts.ReadAsync(key, ct));
            using (photo)
            {
                return photo?.Cut(place);
            }
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        finally
        {
            Place.Release();
        }
    }
}
