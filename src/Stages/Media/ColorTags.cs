using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Media;

/// <summary>Colour tags as the container or bitstream states them, in ffmpeg's names; null where it says nothing.</summary>
/// <param name="Range"><c>tv</c> or <c>pc</c>.</param>
/// <param name="Matrix">For instance <c>bt709</c>, <c>smpte170m</c>, <c>bt2020nc</c>.</param>
/// <param name="Transfer">For instance <c>bt709</c>, <c>smpte2084</c> (PQ), <c>arib-std-b67</c> (HLG).</param>
/// <param name="Primaries">For instance <c>bt709</c>, <c>bt2020</c>.</param>
/// <param name="ChromaLocation">Where chroma samples lie: <c>left</c>, <c>center</c>, <c>topleft</c>.</param>
public sealed record ColorTags(string? Range, string? Matrix, string? Transfer, string? Primaries, string? ChromaLocation)
{
    /// <summary>Whether brightness above the reference white is coded (PQ or HLG).</summary>
    public bool IsHdr => Transfer is "smpte2084" or "arib-std-b67";

    /// <summary>
    /// How the samples are read when shown. Untagged video follows what players do: BT.709 from 1280 wide or above 576 high, else BT.601;
    /// JPEG-style formats (yuvj...) are full range and, untagged, BT.601 of any size; everything else limited range.
    /// </summary>
    /// <param name="pixelFormat">ffmpeg's name of the coded pixel format.</param>
    /// <param name="width">Coded width.</param>
    /// <param name="height">Coded height.</param>
    /// <returns>Null for a matrix that this program does not know (YCgCo, ICtCp).</returns>
    internal ColorSpec? Resolve(string pixelFormat, int width, int height)
    {
        bool jpeg = pixelFormat.StartsWith("yuvj", StringComparison.Ordinal);
        bool fullRange = Range == "pc" || (Range is null && jpeg);
        bool high = width >= 1280 || height > 576;
        YuvMatrix? matrix = Matrix switch
        {
            null => high && !(jpeg && Range is null) ? YuvMatrix.Bt709 : YuvMatrix.Bt601,
            "bt709" => YuvMatrix.Bt709,
            // 240M (early HDTV) lies within 2 % of 709 in every coefficient.
            "smpte240m" => YuvMatrix.Bt709,
            "smpte170m" or "bt470bg" or "fcc" => YuvMatrix.Bt601,
            "bt2020nc" or "bt2020c" => YuvMatrix.Bt2020,
            _ => null,
        };
        return matrix is { } known ? new ColorSpec(known, fullRange) : null;
    }
}
