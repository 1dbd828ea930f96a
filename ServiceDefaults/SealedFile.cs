using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Invoicing;

/// <summary>
/// An encrypted file: a head (mark, key id, random salt), then blocks of 64 KB, each under AES-256-GCM with its number as nonce. Head, block
/// number and "this is the last one" are authenticated, so that blocks can be neither swapped, moved to another file, nor cut off. Reading
/// seeks: a range costs its own blocks.
/// </summary>
internal sealed class SealedFile : Stream
{
    internal const int TagSize = 16;
    private const int BlockSize = 64 * 1024;
    private const int SaltSize = 8;

    private static readonly byte[] Mark = "INVSEAL1"u8.ToArray();
    private static readonly int HeadSize = Mark.Length + ArtefactKeys.IdSize + SaltSize;

    private readonly Stream inner;
    private readonly AesGcm cipher;
    private readonly byte[] head;
    private readonly byte[] block = new byte[BlockSize];
    private long open = -1;

    private SealedFile(Stream inner, byte[] head, AesGcm cipher)
    {
        (this.inner, this.head, this.cipher) = (inner, head, cipher);
        var body = inner.Length - HeadSize;
        Blocks = (body + BlockSize + TagSize - 1) / (BlockSize + TagSize);
        Length = body - (Blocks * TagSize);
    }

    public override long Length { get; }
    public override long Position { get; set; }
    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;

    private long Blocks { get; }

    public static byte[] Seal(ReadOnlySpan<byte> plain, ArtefactKeys keys)
    {
        using var cipher = keys.Of(keys.Current);
        var head = new byte[HeadSize];
        Mark.CopyTo(head, 0);
        Encoding.ASCII.GetBytes(keys.Current).CopyTo(head, Mark.Length);
        RandomNumberGenerator.Fill(head.AsSpan(HeadSize - SaltSize));
        // An empty file is one empty block: its end is authenticated too.
        var blocks = Math.Max(1, (plain.Length + BlockSize - 1) / BlockSize);
        var file = new byte[HeadSize + plain.Length + (blocks * TagSize)];
        head.CopyTo(file, 0);
        for (var i = 0; i < blocks; i++)
        {
            var part = plain.Slice(i * BlockSize, Math.Min(BlockSize, plain.Length - (i * BlockSize)));
            var at = file.AsSpan(HeadSize + (i * (BlockSize + TagSize)), part.Length + TagSize);
            cipher.Encrypt(Nonce(head, i), part, at[..part.Length], at[part.Length..], Bound(head, i, i == blocks - 1));
        }

        return file;
    }

    /// <summary>The plain content; a file that was stored before there were keys is given as it is.</summary>
    /// <exception cref="CryptographicException">There is no such key any more, or (when read) the file was altered.</exception>
    public static Stream Open(Stream file, ArtefactKeys? keys)
    {
        var head = new byte[HeadSize];
        var isSealed = file.ReadAtLeast(head, HeadSize, throwOnEndOfStream: false) == HeadSize && head.AsSpan().StartsWith(Mark);
        file.Position = 0;
        return !isSealed ? file : new SealedFile(file, head, (keys ?? throw new CryptographicException("An artefact is encrypted, and Artefacts:Keys is not set."))
            .Of(Encoding.ASCII.GetString(head, Mark.Length, ArtefactKeys.IdSize).TrimEnd('\0')));
    }

    public override int Read(Span<byte> buffer)
    {
        if (Position >= Length || buffer.Length == 0)
        {
            return 0;
        }

        var (number, offset) = (Position / BlockSize, (int)(Position % BlockSize));
        if (open != number)
        {
            Decrypt(number);
        }

        var count = (int)Math.Min(Math.Min(buffer.Length, BlockSize - offset), Length - Position);
        block.AsSpan(offset, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Decrypt(long number)
    {
        var length = (int)Math.Min(BlockSize, Length - (number * BlockSize));
        var stored = new byte[length + TagSize];
        inner.Position = HeadSize + (number * (BlockSize + TagSize));
        inner.ReadExactly(stored);
        open = -1;
        cipher.Decrypt(Nonce(head, number), stored.AsSpan(0, length), stored.AsSpan(length), block.AsSpan(0, length), Bound(head, number, number == Blocks - 1));
        open = number;
    }

    /// <summary>The file's salt and the block's number: no two blocks under one key have the same.</summary>
    private static byte[] Nonce(byte[] head, long number)
    {
        var nonce = new byte[12];
        head.AsSpan(HeadSize - SaltSize).CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(SaltSize), (uint)number);
        return nonce;
    }

    private static byte[] Bound(byte[] head, long number, bool last)
    {
        var bound = new byte[HeadSize + 9];
        head.CopyTo(bound, 0);
        BinaryPrimitives.WriteInt64BigEndian(bound.AsSpan(HeadSize), number);
        bound[^1] = last ? (byte)1 : (byte)0;
        return bound;
    }
}
