using System.Text;

namespace VideoGaze.Training.OnnxExport;

/// <summary>Reads the fields of a protocol-buffers message in order: what <see cref="ProtoMessage"/> writes.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Number of the field just read.</summary>
    public int Field { get; private set; }

    /// <summary>Its value where it is an integer.</summary>
    public long Integer { get; private set; }

    /// <summary>Its bytes where it is text, bytes or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Its bytes as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Reads the next field; false at the end.</summary>
    /// <exception cref="FormatException">The bytes are no message.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        ulong key = Varint();
        Field = (int)(key >> 3);
        Integer = 0;
        Bytes = default;
        switch (key & 7)
        {
            case 0:
                Integer = (long)Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes = Take(checked((int)Varint()));
                break;
            case 5:
                Take(4);
                break;
            default:
                throw new FormatException("An unknown wire type.");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new FormatException("The message ends in the middle of a field.");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("An integer of more than 64 bits.");
    }
}
