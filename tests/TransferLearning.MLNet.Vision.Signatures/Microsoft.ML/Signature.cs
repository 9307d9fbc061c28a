namespace Microsoft.ML;

/// <summary>The body of every member declared here.</summary>
internal static class Signature
{
    public static NotSupportedException Only() => new("this assembly is only compiled against: it declares ML.NET's members without code");
}
