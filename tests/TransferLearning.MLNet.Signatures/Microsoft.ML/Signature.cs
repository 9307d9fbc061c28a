namespace Microsoft.ML;

/// <summary>What the body of every signature does.</summary>
internal static class Signature
{
    public static NotSupportedException Only() => new("this is a signature to compile against, not ML.NET");
}
