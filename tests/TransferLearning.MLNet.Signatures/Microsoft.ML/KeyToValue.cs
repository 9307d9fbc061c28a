using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML
{
    /// <summary>In ML.NET this method is in ConversionsExtensionsCatalog; its callers do not see the difference.</summary>
    public static class KeyToValueCatalog
    {
        public static KeyToValueMappingEstimator MapKeyToValue(
            this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string? inputColumnName = null) =>
            throw Signature.Only();
    }
}

namespace Microsoft.ML.Transforms
{
    public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
    {
        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Signature.Only();
    }

    public sealed class KeyToValueMappingTransformer : RowToRowTransformerBase;
}
