using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms
{
    public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
    {
        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Signature.Only();
    }

    public sealed class ColumnCopyingTransformer : RowToRowTransformerBase;

    public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
    {
        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Signature.Only();
    }

    public sealed class ColumnSelectingTransformer : RowToRowTransformerBase;

    public class ValueMappingEstimator : TrivialEstimator<ValueMappingTransformer>
    {
        public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Signature.Only();
    }

    public class ValueMappingTransformer : RowToRowTransformerBase;

    public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
    {
        public enum KeyOrdinality
        {
            ByOccurrence = 0,
        }

        public ValueToKeyMappingTransformer Fit(IDataView input) => throw Signature.Only();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Signature.Only();
    }

    public sealed class ValueToKeyMappingTransformer : RowToRowTransformerBase;

    public sealed class ExpressionEstimator : IEstimator<ExpressionTransformer>
    {
        public ExpressionTransformer Fit(IDataView input) => throw Signature.Only();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Signature.Only();
    }

    public sealed class ExpressionTransformer : RowToRowTransformerBase;

    public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
        where TSrc : class, new()
        where TDst : class, new()
    {
        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Signature.Only();
    }

    public sealed class CustomMappingTransformer<TSrc, TDst> : RowToRowTransformerBase
        where TSrc : class, new()
        where TDst : class, new();

    public abstract class CustomMappingFactory<TSrc, TDst>
        where TSrc : class, new()
        where TDst : class, new()
    {
        public abstract Action<TSrc, TDst> GetMapping();
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class CustomMappingFactoryAttributeAttribute : Attribute
    {
        public CustomMappingFactoryAttributeAttribute(string contractName) => throw Signature.Only();
    }
}

namespace Microsoft.ML.Data
{
    public abstract class RowToRowTransformerBase : ITransformer
    {
        bool ITransformer.IsRowToRowMapper => throw Signature.Only();

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw Signature.Only();

        public IDataView Transform(IDataView input) => throw Signature.Only();

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw Signature.Only();

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw Signature.Only();
    }
}
