using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>The filters of Pillow, by which Hugging Face (by number) and timm (by name) resize.</summary>
internal static class PilFilter
{
    public const string Expected = "0 (nearest), 1 (lanczos), 2 (bilinear), 3 (bicubic), 4 (box) or 5 (hamming)";

    public const string ExpectedNames = "nearest, lanczos, bilinear, bicubic, box, hamming or random";

    /// <summary>
    /// The interpolation nearest to a filter: bicubic for lanczos, which is as sharp, and bilinear for the others. Null for a number that
    /// Pillow does not have.
    /// </summary>
    public static Interpolation? Of(int number) => number switch
    {
        1 or 3 => Interpolation.Bicubic,
        0 or 2 or 4 or 5 => Interpolation.Bilinear,
        _ => null,
    };

    /// <summary>The same for timm's names, of which "random" chooses between bilinear and bicubic for each training image.</summary>
    public static Interpolation? Of(string name) => name switch
    {
        "lanczos" or "bicubic" => Interpolation.Bicubic,
        "nearest" or "bilinear" or "box" or "hamming" or "random" => Interpolation.Bilinear,
        _ => null,
    };
}
