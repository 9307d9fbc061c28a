using System.Text.Json;
using TransferLearning.Runtime;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>
/// A size in Hugging Face's files: a number, <c>{"height", "width"}</c>, or <c>{"shortest_edge"}</c>. Immutable.
/// </summary>
/// <param name="Pixels">Width and height; both the shorter side, where only that is known.</param>
/// <param name="IsShortestEdge">Whether the shorter side gets this size, and the aspect ratio stays.</param>
internal sealed record ProcessorSize((int Width, int Height) Pixels, bool IsShortestEdge)
{
    /// <summary>The size in a field; null where the field is absent.</summary>
    /// <param name="file">The file.</param>
    /// <param name="field">The name of the field.</param>
    /// <param name="isSquare">Whether a number means both sides.</param>
    /// <exception cref="InvalidNetworkException">The field is none of these forms.</exception>
    public static ProcessorSize? Read(SidecarFile file, string field, bool isSquare)
    {
        if (SidecarFile.Field(file.Root, field) is not { } value)
        {
            return null;
        }

        if (SidecarFile.IsPixels(value, out int side))
        {
            return new ProcessorSize((side, side), !isSquare);
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            if (SidecarFile.Field(value, "shortest_edge") is { } edge && SidecarFile.IsPixels(edge, out side))
            {
                return new ProcessorSize((side, side), IsShortestEdge: true);
            }

            if (SidecarFile.Field(value, "height") is { } h && SidecarFile.IsPixels(h, out int height)
                && SidecarFile.Field(value, "width") is { } w && SidecarFile.IsPixels(w, out int width))
            {
                return new ProcessorSize((width, height), IsShortestEdge: false);
            }
        }

        throw file.Malformed(field, value, "a number of pixels, {\"shortest_edge\": N}, or {\"height\": N, \"width\": N}");
    }
}
