using System.Security.Cryptography;

namespace TransferLearning.Tests.Backbones.Catalog;

/// <summary>A user's catalog with one network, <c>toy</c>: the built-in compact network under another name.</summary>
internal static class UserCatalog
{
    public const string Name = "toy";

    public static byte[] Network { get; } = ReadNetwork();

    public static string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Network));

    /// <summary>The catalog's text.</summary>
    /// <param name="server">Where the network is published.</param>
    /// <param name="bytes">The length; null for the right one.</param>
    /// <param name="sha256">The hash; null for the right one.</param>
    public static string Json(Uri server, long? bytes = null, string? sha256 = null) =>
        $$"""
          {
            "backbones": [
              {
                "name": "toy",
                "bytes": {{bytes ?? Network.Length}},
                "sha256": "{{sha256 ?? Sha256}}",
                "address": "{{server}}toy.onnx",
                "license": "MIT",
                "width": 128,
                "height": 128,
                "preprocessing": {
                  "channels": "rgb",
                  "mean": [127.5, 127.5, 127.5],
                  "scale": [127.5, 127.5, 127.5],
                  "resize": "crop",
                  "crop": 1,
                  "interpolation": "bilinear"
                },
                "features": null,
                "top1": null
              }
            ]
          }
          """;

    private static byte[] ReadNetwork()
    {
        using Stream stream = typeof(UserCatalog).Assembly.GetManifestResourceStream("published.onnx")!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
