using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// Tells O from 0 in codes by the print of the same slip: its amounts and dates show what a zero looks like there, its words what an O. Where
/// the type draws both alike nothing is told, and the characters stay as they were read. Of other look-alikes the recogniser knew more
/// than this did when it was measured.
/// </summary>
internal static partial class ZeroOrO
{
    private const int MaxKnown = 20;

    private enum Kind
    {
        Zero,
        Letter,
        Doubtful,
    }

    /// <summary>The pieces, with the other reading among the doubts of those that changed.</summary>
    public static List<TextPiece> Told(Photo photo, List<TextPiece> pieces)
    {
        var places = pieces.SelectMany(PlacesOf).ToList();
        if (places.Exists(place => place.Kind == Kind.Doubtful))
        {
            Tell(pieces, places, new Prints(photo, pieces));
        }

        return pieces;
    }

    private static void Tell(List<TextPiece> pieces, List<Place> places, Prints prints)
    {
        if (Likeness.Between(prints.Of(places, Kind.Zero), prints.Of(places, Kind.Letter)) is not { } likeness)
        {
            return;
        }

        foreach (var place in places.Where(place => place.Kind == Kind.Doubtful))
        {
            if (prints.At(place) is { } print && likeness.IsZero(print) is { } zero)
            {
                pieces[place.Piece] = With(pieces[place.Piece], place.At, zero ? '0' : 'O');
            }
        }
    }

    private static TextPiece With(TextPiece piece, int at, char told) => piece.Text[at] == told ? piece : piece with
    {
        Text = string.Concat(piece.Text.AsSpan(0, at), told.ToString(), piece.Text.AsSpan(at + 1)),
        Doubts = [piece.Text, .. piece.Doubts],
    };

    private static IEnumerable<Place> PlacesOf(TextPiece piece, int index)
    {
        var words = Word().Matches(piece.Text).Select(word => (word.Index, Text: word.Value, Kind: KindOf(word.Value))).ToList();
        // The blocks of one code are of one length, and some of them hold letters or digits alone.
        var blocks = words.Where(word => word.Kind == Kind.Doubtful).Select(word => word.Text.Length).ToHashSet();
        return from word in words
               let kind = word.Kind is not null && blocks.Contains(word.Text.Length) ? Kind.Doubtful : word.Kind
               where kind is not null
               from i in Enumerable.Range(0, word.Text.Length)
               where word.Text[i] is '0' or 'O' or 'o' && word.Index + i < piece.Letters.Count
               select new Place(index, word.Index + i, kind.Value);
    }

    /// <summary>Null for what neither shows one of the two nor needs it told. Small letters amid capitals are those that look like one, or like a digit.</summary>
    private static Kind? KindOf(string word)
    {
        var (digits, capitals, small) = (word.Count(c => c is >= '1' and <= '9'), word.Count(c => c is not 'O' && char.IsAsciiLetterUpper(c)), word.Where(char.IsAsciiLetterLower).ToList());
        return (digits, capitals, small.Count) switch
        {
            ( >= 2, 0, 0) when !word.Contains('O', StringComparison.Ordinal) => Kind.Zero,
            (0, >= 2, 0) when word.All(char.IsAsciiLetterUpper) => Kind.Letter,
            (_, > 0, _) when digits + small.Count(c => c is 'i' or 'l') > 0 && small.Count < capitals + digits && small.TrueForAll(c => "cilosuvwxz".Contains(c, StringComparison.Ordinal)) => Kind.Doubtful,
            _ => null,
        };
    }

    [GeneratedRegex(@"[A-Za-z0-9][A-Za-z0-9.,/:\-]*")]
    private static partial Regex Word();

    private readonly record struct Place(int Piece, int At, Kind Kind);

    /// <summary>The prints at the places of a slip, each piece cut out once.</summary>
    private sealed class Prints(Photo photo, List<TextPiece> pieces)
    {
        private readonly Dictionary<int, Strip?> strips = [];

        /// <summary>The best read of a kind.</summary>
        public List<Glyph> Of(List<Place> places, Kind kind) =>
            [.. places.Where(place => place.Kind == kind).OrderByDescending(place => pieces[place.Piece].Confidence).Select(At).OfType<Glyph>().Take(MaxKnown)];

        public Glyph? At(Place place)
        {
            if (!strips.TryGetValue(place.Piece, out var strip))
            {
                strips[place.Piece] = strip = Strip.Of(photo, pieces[place.Piece]);
            }

            return strip?.GlyphOf(place.At);
        }
    }
}
