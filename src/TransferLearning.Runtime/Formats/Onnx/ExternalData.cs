using System.Globalization;
using TransferLearning.Runtime.Formats.Onnx.Messages;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>The files beside a model that contain its large weights.</summary>
/// <param name="folder">The model's folder, or null for a model in memory.</param>
internal sealed class ExternalData(string? folder)
{
    public byte[] Read(TensorProto tensor, string what)
    {
        if (folder is null)
        {
            throw new InvalidNetworkException($"{what} is kept in another file; read the model from its file, not from memory");
        }

        string location = Entry(tensor, "location") ?? throw new InvalidNetworkException($"{what} does not say which file it is kept in");
        if (location.Contains('\0', StringComparison.Ordinal))
        {
            throw new InvalidNetworkException($"{what} is kept in a file whose name has a NUL character");
        }

        string path = Path.GetFullPath(Path.Combine(folder, location));

        // A model must not be able to read files outside its folder.
        string prefix = folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        if (Path.IsPathRooted(location) || !path.StartsWith(prefix, StringComparison.Ordinal))
        {
            throw new InvalidNetworkException($"{what} is kept in '{location}', which is not in the model's folder");
        }

        if (!File.Exists(path))
        {
            throw new InvalidNetworkException($"{what} is kept in '{location}', which is missing from the model's folder '{folder}'");
        }

        using FileStream file = File.OpenRead(path);
        long offset = Number(tensor, "offset", what) ?? 0;
        long length = Number(tensor, "length", what) ?? (file.Length - offset);
        if (offset < 0 || length < 0 || length > Array.MaxLength || offset > file.Length || length > file.Length - offset)
        {
            throw new InvalidNetworkException(
                $"{what} should be the {length} bytes from {offset} of '{location}', but that file has {file.Length} bytes");
        }

        byte[] bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(e => e.Key == key)?.Value;

    private static long? Number(TensorProto tensor, string key, string what) =>
        Entry(tensor, key) switch
        {
            null => null,
            var text when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) => number,
            var text => throw new InvalidNetworkException($"{what}: the {key} '{text}' is not a number"),
        };
}
